#!/usr/bin/env bats
# Reports by schedule: to several people, by mail, in several forms, and once more by hand.
load helper

# Sales of every day, to finance and to somebody who has an address only.
schedule() { # [LINE...] of the schedule
    {
        cat <<END
company {
    name = "Lanting 兰亭"
    time-zone = "Asia/Shanghai"
    warehouse = harbour
    email = orders@lanting.example
    fiscal-year-begins = 04-01
    ${converter:-}
}
schedule "日报" {
    report = sales
    every = day
    to = "ledger | boss@lanting.example"
    $1
}
END
    } >purser.conf
}

two_days() { # a day with orders, and the run after it
    cp "$top"/samples/master/{customers,products,product-options,prices,approval-matrix}.csv inbox/ledger/
    "$purser" run --as-of 2026-03-01T08:00:00+08:00
    cp "$top/samples/orders/bluebird-2026-03-02.csv" inbox/bluebird/orders.csv
    "$purser" run --as-of 2026-03-02T08:00:00+08:00
    next_day
}

next_day() {
    apart "$purser" run --as-of 2026-03-03T08:00:00+08:00
    echo "$err"
    [ "$status" -eq 0 ]
}

# A converter: a small program whose body is given.
fake() {
    printf '#!/bin/sh\n%s\n' "$1" >"$home/fake"
    chmod +x "$home/fake"
    converter="pdf-converter = \"$home/fake {in} {out}\""
}

@test "a mail has the page, plain words, and attachments that are the files byte by byte" {
    command -v python3 >/dev/null || skip "python3 is not installed"
    fake 'printf "%%PDF-1.7\n" >"$2"; wc -c <"$1" >>"$2"; echo "epoch $SOURCE_DATE_EPOCH" >>"$2"; echo "%%EOF" >>"$2"'
    schedule 'forms = "html csv xlsx pdf"'
    two_days
    [ "$(ls outbox/boss@lanting.example)" = $'report-boss@lanting.example-000001.eml\nreport-boss@lanting.example-000002.eml' ]
    python3 - <<'END'
import email, email.policy, glob
with open(glob.glob('outbox/boss@lanting.example/*2.eml')[0], 'rb') as file:
    raw = file.read()
mail = email.message_from_bytes(raw, policy=email.policy.default)
assert all(len(line) <= 77 for line in raw.split(b'\n')), 'a line is too long'
assert all(line.endswith(b'\r') for line in raw.split(b'\n')[:-1]), 'a line end is not CR LF'
for part in mail.walk():
    assert not part.defects, part.defects
assert mail['to'] == 'boss@lanting.example', mail['to']
assert mail['from'] == 'Lanting 兰亭 <orders@lanting.example>', mail['from']
assert '2 March 2026' in mail['subject'], mail['subject']
plain = mail.get_body(('plain',)).get_content()
assert plain.startswith(mail['subject']), plain
assert sum(': ' in line for line in plain.splitlines()) > 4 and '<' not in plain, plain
assert 'What the words mean' not in plain, plain
page = mail.get_body(('html',)).get_content()
assert page.startswith('<!doctype html>') or page.startswith('<!DOCTYPE html>'), page[:40]
assert '<h1>' + mail['subject'] + '</h1>' in page
names = []
for part in mail.iter_attachments():
    name = part.get_filename()
    names.append(name)
    form = name.rsplit('.', 1)[1]
    with open('outbox/ledger/report-ledger-000002.' + form, 'rb') as file:
        assert part.get_payload(decode=True) == file.read(), name
assert names == ['日报-2026-03-02.csv', '日报-2026-03-02.xlsx', '日报-2026-03-02.pdf'], names
END
    "$purser" verify
}

@test "without the page a mail has the plain words alone; a partner whose address is known gets a mail too" {
    command -v python3 >/dev/null || skip "python3 is not installed"
    schedule 'forms = "xlsx csv"'
    sed -i 's/^partner "ledger" {/&\n    email = ledger@lanting.example/' partners.d/ledger.conf
    two_days
    [ "$(cd outbox/ledger && ls report*2.*)" = "$(printf 'report-ledger-000002.%s\n' csv eml xlsx)" ]
    python3 - <<'END'
import email, email.policy
mail = email.message_from_binary_file(open('outbox/ledger/report-ledger-000002.eml', 'rb'), policy=email.policy.default)
assert mail.get_body(('html',)) is None
assert mail.get_body(('plain',)).get_content().startswith(mail['subject'])
assert mail['message-id'] == '<report.ledger.2@lanting.example>', mail['message-id']
assert 'ledger@lanting.example' in mail['to'], mail['to']
END
}

@test "a converter that fails costs the PDF and nothing else, and is not asked again" {
    fake 'echo asked >>"$(dirname "$0")/asked"; echo "no ink" >&2; exit 7'
    schedule 'forms = "html pdf"'
    two_days
    [[ $err == *"without its PDF"*"the code 7: no ink"* ]]
    [ "$(grep -c 'without its PDF' <<<"$err")" -eq 1 ]
    [ "$(wc -l <asked)" -eq 2 ] # once for each of the two days, though two people get it
    [ ! -e outbox/ledger/report-ledger-000002.pdf ]
    [ -s outbox/ledger/report-ledger-000002.html ]
    [ -s outbox/boss@lanting.example/report-boss@lanting.example-000002.eml ]
    next_day
    [ -z "$err" ]
    [ "$(wc -l <asked)" -eq 2 ]
    "$purser" verify
}

@test "a converter that hangs, is missing or leaves half a file costs the PDF and nothing else" {
    fake 'sleep 60 & sleep 60'
    converter="$converter
    pdf-timeout = 300ms"
    schedule 'forms = "html pdf"'
    two_days
    [[ $err == *"took longer than 300 ms"* ]]
    [ -s outbox/ledger/report-ledger-000002.html ]
    [ ! -e outbox/ledger/report-ledger-000002.pdf ]
    for body in 'printf "%%PDF-1.7 cut off" >"$2"' ':' 'echo "%%EOF" >"$2"' 'kill -9 $$'; do
        fake "$body"
        schedule 'forms = "html pdf"'
        apart "$purser" report run sales --format pdf --output x.pdf --as-of 2026-03-03T08:00:00+08:00
        [ "$status" -eq 1 ]
        [[ $err == *"no PDF was made by"* ]]
        [ ! -e x.pdf ]
    done
    [[ $err == *"killed by the signal 9"* ]]
    converter='pdf-converter = "/nowhere/print {in} {out}"'
    schedule 'forms = "html pdf"'
    apart "$purser" run --as-of 2026-03-05T08:00:00+08:00
    [ "$status" -eq 0 ]
    [ "$(grep -c 'without their PDFs' <<<"$err")" -eq 1 ]
    [[ $err == *"there is no program /nowhere/print"* ]]
    [ -s outbox/ledger/report-ledger-000004.html ]
    apart "$purser" doctor
    [[ $out == *"no such program: /nowhere/print"* ]]
    "$purser" verify
}

@test "a converter sees an empty environment but for the moment of the report, and none of our files" {
    fake '{ echo "%PDF-1.7"; env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD=; ls -l /proc/self/fd | grep -c -F .purser; echo "%%EOF"; } >"$2"'
    schedule 'forms = "html pdf"'
    two_days
    [ "$(sed -n 2p outbox/ledger/report-ledger-000002.pdf)" = "SOURCE_DATE_EPOCH=$(date -d 2026-03-03T08:00:00+08:00 +%s)" ]
    [ "$(wc -l <outbox/ledger/report-ledger-000002.pdf)" -eq 4 ]
    [ "$(sed -n 3p outbox/ledger/report-ledger-000002.pdf)" -eq 0 ]
}

@test "what was sent comes again with the same bytes, whatever has happened since" {
    fake 'printf "%%PDF-1.7\n" >"$2"; cat "$1" >>"$2"; echo "%%EOF" >>"$2"'
    schedule 'forms = "html csv xlsx pdf"'
    two_days
    sed 's/BB-447/BB-557/' "$top/samples/orders/bluebird-2026-03-02.csv" >inbox/bluebird/more.csv
    "$purser" run --as-of 2026-03-04T08:00:00+08:00
    for form in html csv xlsx pdf; do
        "$purser" report run --schedule 日报 --period 2026-03-02 --format $form --output again
        cmp again outbox/ledger/report-ledger-000002.$form
    done
    apart "$purser" report run --schedule 日报 --period 2026-02
    [ "$status" -eq 7 ]
    apart "$purser" report run --schedule 日报 --period 2026-03-02 --partner harbour
    [ "$status" -eq 7 ]
    apart "$purser" report run --schedule 日报
    [ "$status" -eq 2 ]
    apart "$purser" report run sales --schedule 日报 --period 2026-03-02
    [ "$status" -eq 2 ]
}

@test "periods have names, and quarters and years those of the fiscal year" {
    schedule ''
    two_days
    would() { "$purser" report run sales --period "$1" --dry-run; }
    [[ $(would 2025-Q4) == *"of 2026-01-01 to 2026-03-31 as html"* ]]
    [[ $(would 2025) == *"of 2025-04-01 to 2026-03-31 as html"* ]]
    [[ $(would 2026-W10) == *"of 2026-03-02 to 2026-03-08 as html"* ]]
    [[ $(would 2026-03-01..2026-03-03) == *"of 2026-03-01 to 2026-03-03 as html"* ]]
    [[ $("$purser" report run sales --period 2025-Q4 --dry-run --lang zh) == *"2026-01-01 至 2026-03-31"* ]]
    is_json "$("$purser" report run sales --period 2025 --dry-run --json)"
    "$purser" report run sales --period 2025 --format csv --as-of $as_of >year.csv
    grep -q ",total," year.csv
    apart "$purser" report run sales --period 2026-W54
    [ "$status" -eq 2 ]
    [[ $err == *"2026-Q3"* ]]
    apart "$purser" report run sales --period 2026 --from 2026-01-01
    [ "$status" -eq 2 ]
    apart "$purser" report run sales --format pdf --json
    [ "$status" -eq 2 ]
    [[ $err == *"--output FILE"* ]]
}

@test "the list tells which schedules there are and what is next" {
    schedule 'on = "working-day 1"'
    "$purser" report list --as-of $as_of | grep -E '^日报 +sales +day +ledger \| boss@lanting.example +html csv xlsx '
    two_days
    "$purser" report list --as-of 2026-03-03T09:00:00+08:00 >list
    grep -E '^日报 .* 2026-03-03\.\.2026-03-03 +2026-03-04$' list
    grep -E '^日报 +sales +2026-03-02 +2026-03-02 ' list
    "$purser" report list --as-of 2026-03-06T09:00:00+08:00 | grep -E '^日报 .* 2026-03-03\.\.2026-03-03 +now$'
    "$purser" report list --as-of 2026-03-07T09:00:00+08:00 --json >list # a Saturday; Friday's waits for Monday
    grep -qF '"next_first_day":"2026-03-03"' list
    is_json "$(cat list)"
}

@test "WeasyPrint makes a PDF of A4 pages, twice the same" {
    [ -x /usr/bin/weasyprint ] || [ -x /usr/local/bin/weasyprint ] || skip "weasyprint is not installed"
    schedule 'forms = "html pdf"'
    two_days
    [ -z "$err" ]
    "$purser" report run --schedule 日报 --period 2026-03-02 --format pdf --output again.pdf
    cmp again.pdf outbox/ledger/report-ledger-000002.pdf
    if command -v pdfinfo >/dev/null; then
        pdfinfo again.pdf | grep -q 'A4'
    fi
}

@test "a run that is killed while it converts leaves nothing by half, and the next one ends it" {
    fake 'if [ ! -e "$(dirname "$0")/go" ]; then touch "$(dirname "$0")/here"; sleep 5; fi; echo "%PDF-1.7" >"$2"; wc -c <"$1" >>"$2"; echo "%%EOF" >>"$2"'
    schedule 'forms = "html pdf"'
    touch go
    "$purser" run --as-of 2026-03-02T07:00:00+08:00
    cp "$top"/samples/master/customers.csv inbox/ledger/
    "$purser" run --as-of 2026-03-02T08:00:00+08:00
    rm go
    "$purser" run --as-of 2026-03-03T08:00:00+08:00 >/dev/null 2>&1 3>&- &
    run=$!
    for _ in $(seq 100); do [ ! -e here ] || break; sleep 0.05; done
    [ -e here ]
    kill -9 $run
    wait $run || true
    touch go
    [ ! -e outbox/ledger/report-ledger-000001.html ]
    next_day
    [ -z "$err" ]
    [ "$(ls outbox/ledger | grep -c '^report-ledger-000001\.\(html\|pdf\)$')" -eq 2 ]
    [ "$(ls outbox/boss@lanting.example)" = report-boss@lanting.example-000001.eml ]
    grep -q 'application/pdf' outbox/boss@lanting.example/*.eml
    [ "$(tail -1 outbox/ledger/report-ledger-000001.pdf)" = %%EOF ]
    "$purser" verify
}

@test "what takes longest is begun first, and a run that is stopped then loses nothing of what was before it" {
    fake 'd=$(dirname "$0"); grep -o "<title>[A-Za-z]* [a-z]*" "$1" >>"$d/begun"; if [ ! -e "$d/go" ]; then touch "$d/here"; sleep 2; fi; echo "%PDF-1.7" >"$2"; wc -c <"$1" >>"$2"; echo "%%EOF" >>"$2"'
    schedule 'forms = "html pdf"'
    sed -i '/^schedule/,/^}/d' purser.conf
    printf 'schedule "%s" {\n    report = %s\n    every = day\n    to = ledger\n    forms = "html pdf"\n}\n' a customers b sales >>purser.conf
    cp "$top"/samples/master/{customers,products,product-options,prices,approval-matrix}.csv inbox/ledger/
    "$purser" run --as-of 2026-03-01T08:00:00+08:00
    "$purser" run --as-of 2026-03-02T08:00:00+08:00 >/dev/null 2>&1 3>&- &
    run=$!
    for _ in $(seq 100); do [ ! -e here ] || break; sleep 0.05; done
    kill -TERM $run
    wait $run || true
    [ "$(cat begun)" = '<title>No sales' ]
    [ -z "$(ls outbox/ledger | grep report-ledger)" ]
    touch go
    "$purser" run --as-of 2026-03-02T08:00:00+08:00
    [ "$(cat begun)" = $'<title>No sales\n<title>Customers of' ] # the same page is not converted twice
    [ "$(ls outbox/ledger | grep -c '^report-ledger-00000[12]\.\(html\|pdf\)$')" -eq 4 ]
    "$purser" report run --schedule b --period 2026-03-01 --format html --output again.html --as-of 2026-03-02T08:00:00+08:00
    cmp again.html outbox/ledger/report-ledger-000002.html
    "$purser" verify
}

@test "a month's full set comes from one run, and every file again as the same bytes" {
    local report number=0 form
    cp "$top"/samples/master/{customers,products,product-options,prices,approval-matrix}.csv inbox/ledger/
    "$purser" run --as-of 2026-03-01T08:00:00+08:00
    cp "$top/samples/orders/bluebird-2026-03-02.csv" inbox/bluebird/orders.csv
    "$purser" run --as-of $as_of
    sed -i '/^schedule /,/^}/d' purser.conf
    for report in sales customers efficiency finance partners approvals delays receivables; do
        printf 'schedule "monthly-%s" {\n    report = %s\n    every  = month\n    to     = ledger\n}\n' $report $report >>purser.conf
    done
    rm -f outbox/ledger/report-*
    number=$(sqlite3 -readonly .purser/purser.db "SELECT coalesce(max(sequence), 0) FROM outbox_file WHERE kind = 'report'")
    "$purser" run --as-of 2026-04-01T08:00:00+08:00
    [ "$(find outbox/ledger -name 'report-*' | wc -l)" -eq 24 ]
    for report in sales customers efficiency finance partners approvals delays receivables; do
        number=$((number + 1))
        for form in html csv xlsx; do
            "$purser" report run --schedule monthly-$report --period 2026-03 --format $form --output again
            # A page names the file that comes with it.
            [ $form = html ] || cmp again "outbox/ledger/report-ledger-$(printf %06d $number).$form"
        done
    done
}
