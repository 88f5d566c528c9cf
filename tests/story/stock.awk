# stock.awk -- what the warehouses report of their stock, from stock.csv; their own ledger is kept beside it.
read_record($0) {
    day = cell["day"]; hour = cell["hour"]
    queue(day, hour, cell["warehouse"], "stock-" cell["extent"], cell["extent"] OFS cell["sku"] OFS cell["quantity"] OFS \
          (cell["extent"] == "planned" ? "" : moment(day, hour - 1)) OFS cell["kind"] OFS cell["number"] OFS \
          cell["reference"] OFS cell["expected_on"] OFS cell["reason"])
    if (cell["extent"] != "planned") moves(day, cell["warehouse"], cell["sku"], cell["quantity"])
}
