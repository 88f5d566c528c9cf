-- Tables of each connection's own, gone with it: what a report has gathered before it tells of it.  (In memory: a month.)

-- The entries of the ledger of sales that a report is about, and the day that each counts for there.
CREATE TEMP TABLE sold_entry (
    id       INTEGER PRIMARY KEY, -- of table sale
    order_id INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    sign     INTEGER NOT NULL,
    day      INTEGER NOT NULL
) STRICT;

-- What each comes to: net = list - discount - returned.
CREATE TEMP TABLE sold_order (
    currency       TEXT NOT NULL,
    day            INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    orders         INTEGER NOT NULL, -- 1, -1, 0
    customer       TEXT NOT NULL,
    customers_version INTEGER NOT NULL,
    partner        TEXT NOT NULL,
    country        TEXT NOT NULL,    -- where it goes
    region         TEXT NOT NULL,
    list_minor     INTEGER NOT NULL, -- without tax
    discount_minor INTEGER NOT NULL,
    returned_minor INTEGER NOT NULL,
    net_minor      INTEGER NOT NULL,
    tax_minor      INTEGER NOT NULL,
    cost_minor     INTEGER NOT NULL, -- of the lines whose cost is known,
    costed_minor   INTEGER NOT NULL, -- and their net
    exact_micros   INTEGER NOT NULL, -- of the lines whose amount before rounding is known: that,
    rounded_minor  INTEGER NOT NULL, -- and what it was rounded to
    freight_minor  INTEGER NOT NULL  -- charged beside the lines, without tax; tax_minor has its tax
) STRICT;

-- The same by what was sold.
CREATE TEMP TABLE sold_product (
    currency         TEXT NOT NULL,
    sku              TEXT NOT NULL,
    unit             TEXT NOT NULL,
    options          TEXT NOT NULL,
    products_version INTEGER NOT NULL,
    lines            INTEGER NOT NULL,
    quantity_micros  INTEGER NOT NULL,
    list_minor       INTEGER NOT NULL,
    discount_minor   INTEGER NOT NULL,
    returned_minor   INTEGER NOT NULL,
    net_minor        INTEGER NOT NULL,
    tax_minor        INTEGER NOT NULL,
    cost_minor       INTEGER NOT NULL,
    costed_minor     INTEGER NOT NULL,
    exact_micros     INTEGER NOT NULL,
    rounded_minor    INTEGER NOT NULL
) STRICT;

-- Customers who bought in the year that ends with a report's period.
CREATE TEMP TABLE buyer (
    currency         TEXT NOT NULL,
    customer         TEXT NOT NULL,
    first_day        INTEGER NOT NULL, -- of all times
    year_first_day   INTEGER NOT NULL, -- of that year
    last_day         INTEGER NOT NULL,
    orders           INTEGER NOT NULL, -- of the year
    net_minor        INTEGER NOT NULL,
    period_orders    INTEGER NOT NULL, -- of the report's period
    period_net_minor INTEGER NOT NULL
) STRICT;
