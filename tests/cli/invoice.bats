# Invoices and credit notes at the command line.
load helper

invoiced() { # an order of two lines that was shipped and invoiced
    sed -i 's/^company {/&\n    invoices = yes/' purser.conf
    master
    rm -f inbox/*/*
    cat >inbox/nordlicht/orders.csv <<'EOT'
order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit
N-1,2026-03-02,EUR,NORD,Nordlicht,DE,Hamburg,20457,Am Sandtorkai 50,1,TGY-250,4,C62
EOT
    "$purser" run --as-of "$as_of"
    cat >inbox/harbour/shipped.csv <<'EOT'
shipment_number,partner,order_number,order_line,sku,quantity,shipped_at
H-1,nordlicht,N-1,1,TGY-250,4,2026-03-02T08:00:00+08:00
EOT
    "$purser" run --as-of "$as_of"
}

@test "before anything was invoiced, lists are empty and numbers unknown" {
    apart "$purser" invoice list
    [ "$status" -eq 0 ]
    [[ $out == *"There are no invoices."* ]]
    apart "$purser" invoice show INV-2026-000001
    [ "$status" -eq 7 ]
    [[ $err == *"there is no invoice or credit note INV-2026-000001"* ]]
    apart "$purser" invoice credit INV-2026-000001 --reason "never"
    [ "$status" -eq 7 ]
}

@test "an invoice is listed, shown and taken back, in words and as JSON" {
    invoiced
    apart "$purser" invoice list --partner nordlicht
    [ "$status" -eq 0 ]
    [[ $out == *"INV-2026-000001"*"invoice"*"nordlicht/N-1"* ]]
    apart "$purser" invoice show INV-2026-000001 --lang zh
    [ "$status" -eq 0 ]
    [[ $out == *"发票"* ]]
    before=$("$purser" verify --dump)
    apart "$purser" invoice credit INV-2026-000001 --line 1 --quantity 1 --reason "dented" --dry-run --json
    [ "$status" -eq 0 ]
    is_json "$out"
    [[ $out == *'"number":"CRN-2026-000001"'*'"dry_run":true'* ]]
    [ "$before" = "$("$purser" verify --dump)" ]
    apart "$purser" invoice credit INV-2026-000001 --line 1 --quantity 1 --reason "dented" --as-of "$as_of"
    [ "$status" -eq 0 ]
    [[ $out == "CRN-2026-000001: "*" of the invoice INV-2026-000001 are taken back"* ]]
    apart "$purser" invoice show INV-2026-000001 --json
    is_json "$out"
    [[ $out == *'"credit_notes":[{"number":"CRN-2026-000001"'* ]]
    apart "$purser" invoice list --json
    is_json "$out"
    "$purser" verify
}

@test "what cannot be taken back is refused with the reason" {
    invoiced
    apart "$purser" invoice credit INV-2026-000001
    [ "$status" -eq 2 ]
    [[ $err == *"--reason"* ]]
    apart "$purser" invoice credit INV-2026-000001 --reason x --quantity 1
    [ "$status" -eq 2 ]
    [[ $err == *"--line"* ]]
    apart "$purser" invoice credit INV-2026-000001 --reason x --line 1 --quantity 1 --amount 1
    [ "$status" -eq 2 ]
    apart "$purser" invoice credit INV-2026-000001 --reason x --amount -1
    [ "$status" -eq 2 ]
    apart "$purser" invoice credit INV-2026-000001 --reason x --amount 1.001
    [ "$status" -eq 2 ]
    [[ $err == *"EUR has 2 decimals"* ]]
    apart "$purser" invoice credit INV-2026-000001 --reason x --line 7
    [ "$status" -eq 7 ]
    apart "$purser" invoice credit INV-2026-000001 --reason x --line 1 --quantity 5
    [ "$status" -eq 9 ]
    [[ $err == *"only 4 are left of line 1"* ]]
    apart "$purser" invoice credit INV-2026-000001 --reason x --line 1 --quantity 0.5
    [ "$status" -eq 2 ]
    apart "$purser" invoice credit INV-2026-000001 --reason x --amount 100000
    [ "$status" -eq 9 ]
    [[ $out == "" ]]
    [ "$("$purser" invoice list --json | grep -c CRN-)" -eq 0 ]
}

@test "prefixes must differ, and the copy goes to finance" {
    sed -i 's/^company {/&\n    credit-note-prefix = INV-\n    invoice-copy-to = harbour/' purser.conf
    apart "$purser" config check
    [ "$status" -eq 4 ]
    [[ $err == *"credit-note-prefix: numbers of credit notes must not begin as those of invoices"* ]]
    [[ $err == *'invoice-copy-to: the partner "harbour" does not have the role finance'* ]]
}
