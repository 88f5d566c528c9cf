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

-- What the report of efficiency looks at: orders that moved in its period, or were open at its end.
CREATE TEMP TABLE efficiency_asked (
    order_id    INTEGER PRIMARY KEY,
    has_parcels INTEGER NOT NULL -- somebody tells of their delivery
) STRICT;

-- How they stood then.
CREATE TEMP TABLE efficiency_order (
    order_id    INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL, -- as it was known then
    is_moved    INTEGER NOT NULL, -- 1: something happened to it in the period
    done_day    INTEGER,          -- it was completed in the period, on this day; NULL: was not, and so the next two
    lead_ms     INTEGER,          -- from its receipt to that
    lead_working_ms INTEGER,
    done_bucket TEXT,             -- of the trend: a week's Monday, or a month
    left_bucket TEXT              -- likewise, when all of it left in the period
) STRICT;

-- Each time that one of them went through a stage.
CREATE TEMP TABLE efficiency_pass (
    order_id   INTEGER NOT NULL,
    stage      TEXT NOT NULL,    -- order/stages.h
    turn       INTEGER NOT NULL, -- of the order in that stage, from 1
    begins     INTEGER NOT NULL, -- 1: it began in the period
    ends       INTEGER NOT NULL, -- 1: it ended in the period
    how        TEXT NOT NULL,    -- 'finished', 'left', 'open'
    begun_ms   INTEGER NOT NULL,
    clock_ms   INTEGER NOT NULL, -- so long it took, or has taken
    working_ms INTEGER NOT NULL
) STRICT;

-- What left of them.
CREATE TEMP TABLE efficiency_shipment (
    shipment_id   INTEGER PRIMARY KEY,
    order_id      INTEGER NOT NULL,
    carrier       TEXT NOT NULL,
    leaves        INTEGER NOT NULL, -- 1: in the period
    left_day      INTEGER NOT NULL,
    requested_day INTEGER,          -- of its order; NULL: not said
    is_tracked    INTEGER NOT NULL,
    has_news      INTEGER NOT NULL, -- these three in the period
    is_troubled   INTEGER NOT NULL, -- an exception was told
    arrives       INTEGER NOT NULL,
    arrived_day   INTEGER,          -- NULL: not yet
    transit_ms    INTEGER,
    is_in_time    INTEGER           -- by the end of the day that its carrier expected first; NULL: it said none, or not yet
) STRICT;
CREATE INDEX temp.efficiency_shipment_of ON efficiency_shipment(order_id);

-- The lines of orders that were completed, less what their customers cancelled.
CREATE TEMP TABLE efficiency_line (
    order_id      INTEGER NOT NULL,
    unit          TEXT NOT NULL,
    wanted_micros INTEGER NOT NULL,
    left_micros   INTEGER NOT NULL,
    filled_micros INTEGER NOT NULL, -- of what was wanted: released at first, and left
    done_day      INTEGER,          -- when the last of it arrived, or left where nobody tells of that; NULL: nothing did
    requested_day INTEGER
) STRICT;
CREATE INDEX temp.efficiency_line_of ON efficiency_line(order_id);
CREATE TEMP TABLE efficiency_done (
    order_id       INTEGER PRIMARY KEY,
    done_day       INTEGER NOT NULL,
    is_full        INTEGER NOT NULL,
    is_filled      INTEGER NOT NULL, -- at first
    requested_day  INTEGER,
    promised       INTEGER, -- as last; where nothing was promised, the day requested
    first_promised INTEGER
) STRICT;

-- Orders of the period with a promised day that were expected, as they ended.
CREATE TEMP TABLE efficiency_outlook (
    is_late   INTEGER NOT NULL,
    is_warned INTEGER NOT NULL, -- a delay was told before the promised day was over,
    is_seen   INTEGER NOT NULL, -- and before it had begun
    ahead_ms  INTEGER NOT NULL  -- so long before the end of that day
) STRICT;

-- Who was asked for an approval in the period, or still was at its end.
CREATE TEMP TABLE efficiency_asking (
    approval_id INTEGER NOT NULL,
    step        INTEGER NOT NULL,
    approvers   TEXT NOT NULL,
    person      TEXT NOT NULL, -- '': the step as such
    is_open     INTEGER NOT NULL,
    clock_ms    INTEGER NOT NULL
) STRICT;

-- Samples by what they are of, and their figures: percentiles by nearest rank.
CREATE TEMP TABLE efficiency_sample (
    topic TEXT NOT NULL,
    name  TEXT NOT NULL,
    value INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE efficiency_figure (
    topic TEXT NOT NULL,
    name  TEXT NOT NULL,
    n     INTEGER NOT NULL,
    total INTEGER NOT NULL,
    p50   INTEGER NOT NULL,
    p80   INTEGER NOT NULL,
    p90   INTEGER NOT NULL,
    p95   INTEGER NOT NULL,
    p99   INTEGER NOT NULL,
    most  INTEGER NOT NULL,
    PRIMARY KEY (topic, name)
) STRICT, WITHOUT ROWID;
