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
    sales_person   TEXT NOT NULL,
    list_minor     INTEGER NOT NULL, -- without tax
    discount_minor INTEGER NOT NULL,
    returned_minor INTEGER NOT NULL,
    net_minor      INTEGER NOT NULL,
    tax_minor      INTEGER NOT NULL,
    cost_minor     INTEGER NOT NULL, -- of the lines whose cost is known,
    costed_minor   INTEGER NOT NULL, -- and their net
    exact_micros   INTEGER NOT NULL, -- of the lines whose amount before rounding is known: that,
    rounded_minor  INTEGER NOT NULL  -- and what it was rounded to
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
    base_micros      INTEGER NOT NULL, -- the same in the product's unit
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

-- The orders that came in a period, and where each stands.
CREATE TEMP TABLE came_order (
    currency  TEXT NOT NULL,
    state     TEXT NOT NULL, -- sold, waiting, refused, cancelled
    net_minor INTEGER NOT NULL, -- less what was cancelled of it while it waited
    tax_minor INTEGER NOT NULL
) STRICT;

-- What each product of a report brought in the period before.
CREATE TEMP TABLE sold_before (
    currency  TEXT NOT NULL,
    sku       TEXT NOT NULL,
    net_minor INTEGER NOT NULL,
    PRIMARY KEY (currency, sku)
) STRICT, WITHOUT ROWID;

-- How much of each product was sold in each of the last twelve whole months, in the product's unit,
CREATE TEMP TABLE moved_month (
    sku             TEXT NOT NULL,
    month           INTEGER NOT NULL, -- year * 12 + month - 1
    quantity_micros INTEGER NOT NULL,
    PRIMARY KEY (sku, month)
) STRICT, WITHOUT ROWID;
-- and what that says of it.
CREATE TEMP TABLE moved_product (
    sku         TEXT PRIMARY KEY,
    xyz         TEXT NOT NULL,   -- '': not known
    year_micros INTEGER NOT NULL -- sold in these months
) STRICT, WITHOUT ROWID;

-- Products of a currency by what they bring, and how evenly.
CREATE TEMP TABLE sold_class (
    currency  TEXT NOT NULL,
    sku       TEXT NOT NULL,
    unit      TEXT NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    abc       TEXT NOT NULL,
    xyz       TEXT NOT NULL,
    PRIMARY KEY (currency, sku, unit)
) STRICT, WITHOUT ROWID;

-- What was in stock when a period ended, and the last sales of the month that it ended in.
CREATE TEMP TABLE stock_then (
    sku            TEXT PRIMARY KEY,
    on_hand_micros INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE sold_lately (
    sku      TEXT PRIMARY KEY,
    last_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What of it is not sold any more.
CREATE TEMP TABLE slow_product (
    currency       TEXT NOT NULL, -- of its value
    sku            TEXT NOT NULL,
    last_day       INTEGER,       -- NULL: never sold
    days           INTEGER NOT NULL, -- since then, or since it is in the list of products
    on_hand_micros INTEGER NOT NULL,
    value_minor    INTEGER,       -- NULL: neither cost nor price is known
    valued_at      TEXT NOT NULL, -- 'cost', 'list-price'; ''
    PRIMARY KEY (sku)
) STRICT, WITHOUT ROWID;
