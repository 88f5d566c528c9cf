#!/usr/bin/env bats
# The story of an order at the command line, in English and Chinese.
load helper

story() { # an order that came and was decided
    master
    mkdir -p inbox/linwei inbox/qinghe
    cp "$top/samples/orders/qinghe-2026-03-02.csv" inbox/qinghe/
    apart "$purser" run --as-of 2026-03-02T09:00:00+08:00
    cp "$top/samples/later/linwei-2026-03-02.csv" inbox/linwei/
    apart "$purser" run --as-of 2026-03-02T11:00:00+08:00
}

@test "order trace tells who decided what, in English and Chinese" {
    story
    apart "$purser" order trace qinghe/QH20260302-02 --kind decisions
    [ "$status" -eq 0 ]
    [[ $out == *"step 1: linwei approves; decided: by file"* ]]
    apart "$purser" order trace qinghe/QH20260302-02 --kind decisions --lang zh
    [[ $out == *"第 1 步：linwei 批准；决定方式：通过文件"* ]]
}

@test "order trace says the same each time, and its kinds are all of it" {
    story
    apart "$purser" order trace qinghe/QH20260302-02 --json
    whole=$out
    apart "$purser" order trace qinghe/QH20260302-02 --json
    [ "$out" = "$whole" ]
    sum=0
    for kind in order decisions goods money changes returns files; do
        apart "$purser" order trace qinghe/QH20260302-02 --json --kind "$kind"
        [ "$status" -eq 0 ]
        sum=$((sum + $(grep -o '"happened"' <<<"$out" | wc -l)))
    done
    [ "$sum" -gt 5 ]
    [ "$sum" -eq "$(grep -o '"happened"' <<<"$whole" | wc -l)" ]
}

@test "order trace knows its kinds and days" {
    story
    apart "$purser" order trace qinghe/QH20260302-02 --kind gossip
    [ "$status" -eq 2 ]
    apart "$purser" order trace qinghe/QH20260302-02 --since yesterday
    [ "$status" -eq 2 ]
    apart "$purser" order trace qinghe/QH20260302-02 --until 2026-03-01 --lang zh
    [[ $out == "该订单没有符合条件的记录。"* ]]
}
