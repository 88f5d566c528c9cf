# owner.awk -- the owner decides what is asked of her in the next hours; one order in six is not to her liking.
read_record($0) {
    refuses = chance(cell["order_number"], 6) == 1
    queue(today(), now % 100 + 2, "chief", "decision", cell["partner"] OFS cell["order_number"] OFS cell["version"] OFS \
          (refuses ? "reject" : "approve") OFS (refuses ? "not this month" : "") OFS cell["shown"])
}
