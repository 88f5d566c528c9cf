-- Tables of each connection's own, gone with it: what a report has gathered before it tells of it.  (In memory: a month.)

-- The entries of the ledger of sales that a report is about, and the day that each counts for there.
CREATE TEMP TABLE sold_entry (
    id       INTEGER PRIMARY KEY, -- of table sale
    order_id INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    sign     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    currency TEXT NOT NULL,
    products_version INTEGER NOT NULL,
    includes_tax     INTEGER NOT NULL
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
    rounded_minor  INTEGER NOT NULL, -- and what it was rounded to
    freight_minor  INTEGER NOT NULL  -- charged beside the lines, without tax; tax_minor has its tax
) STRICT;

-- The same by what was sold: as the lines of orders say it,
CREATE TEMP TABLE sold_line (
    currency         TEXT NOT NULL,
    sku              TEXT NOT NULL,
    unit             TEXT NOT NULL,
    options          TEXT NOT NULL,
    products_version INTEGER NOT NULL,
    lines            INTEGER NOT NULL,
    quantity_micros  INTEGER NOT NULL,
    discount_minor   INTEGER NOT NULL,
    returned_minor   INTEGER NOT NULL,
    net_minor        INTEGER NOT NULL,
    tax_minor        INTEGER NOT NULL,
    cost_minor       INTEGER NOT NULL,
    costed_minor     INTEGER NOT NULL,
    exact_micros     INTEGER NOT NULL,
    rounded_minor    INTEGER NOT NULL,
    PRIMARY KEY (sku, unit, options, currency)
) STRICT, WITHOUT ROWID;

-- and by products.
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

-- The partners of the configuration, as far as a report of partners needs them.
CREATE TEMP TABLE known_partner (
    partner   TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    expect_ms INTEGER          -- within which after its last file the next one is expected; NULL: nothing is known
) STRICT;

CREATE TEMP TABLE wanted_file (
    id INTEGER PRIMARY KEY -- of an interchange
) STRICT;

-- The files of a period, and what had become of each by the moment of the report.
CREATE TEMP TABLE judged_file (
    interchange_id  INTEGER PRIMARY KEY,
    partner         TEXT NOT NULL,
    name            TEXT NOT NULL,
    document        TEXT NOT NULL,
    state           TEXT NOT NULL,    -- taken, partly, refused; duplicate, test; unanswered: so is what is held
    is_per_order    INTEGER NOT NULL, -- its documents are taken or refused one by one
    documents       INTEGER NOT NULL,
    documents_taken INTEGER NOT NULL,
    received_ms     INTEGER NOT NULL,
    taken_up_ms     INTEGER NOT NULL, -- when we fetched it
    answered_ms     INTEGER           -- NULL: not yet
) STRICT;

-- The same by partner, for each period that the report knows; partner '': all of them.
CREATE TEMP TABLE judged_sum (
    first_day       INTEGER NOT NULL,
    last_day        INTEGER NOT NULL,
    partner         TEXT NOT NULL,
    files           INTEGER NOT NULL, -- judged: taken, partly or refused
    taken           INTEGER NOT NULL,
    partly          INTEGER NOT NULL,
    refused         INTEGER NOT NULL,
    documents       INTEGER NOT NULL, -- of them
    documents_taken INTEGER NOT NULL,
    duplicates      INTEGER NOT NULL,
    unanswered      INTEGER NOT NULL,
    tests           INTEGER NOT NULL
) STRICT;

-- Mistakes of judged files, by code; and what they come to.
CREATE TEMP TABLE judged_mistake (
    interchange_id INTEGER NOT NULL,
    partner        TEXT NOT NULL,
    code           TEXT NOT NULL,
    severity       TEXT NOT NULL,
    findings       INTEGER NOT NULL,
    is_alone       INTEGER NOT NULL -- 1: it alone kept something of the file from being taken
) STRICT;
CREATE INDEX temp.judged_mistake_of ON judged_mistake(interchange_id);
CREATE TEMP TABLE judged_code (
    partner  TEXT NOT NULL,
    code     TEXT NOT NULL,
    severity TEXT NOT NULL,
    findings INTEGER NOT NULL,
    files    INTEGER NOT NULL,
    alone    INTEGER NOT NULL, -- of these files: it is the only mistake
    alone_documents INTEGER NOT NULL, -- where documents are taken one by one: of these it is the only mistake
    newest   INTEGER NOT NULL, -- interchange of the example
    rule     TEXT NOT NULL DEFAULT '', -- in the reader's language, of an example
    hint     TEXT NOT NULL DEFAULT '',
    is_mendable INTEGER NOT NULL DEFAULT 0, -- by its sender
    PRIMARY KEY (partner, code)
) STRICT;

-- Orders of these files that ask for a day, and the first day on which they could be there.
CREATE TEMP TABLE asked_order (
    order_id  INTEGER PRIMARY KEY,
    partner   TEXT NOT NULL,
    day       INTEGER NOT NULL, -- it came
    requested INTEGER NOT NULL,
    lead_days INTEGER NOT NULL, -- working days to get the goods: the longest of its lines
    ready_day INTEGER           -- NULL: nobody plans
) STRICT;

-- Lines of these orders that say a price.
CREATE TEMP TABLE priced_line (
    partner         TEXT NOT NULL,
    currency        TEXT NOT NULL,
    sku             TEXT NOT NULL,
    products_version INTEGER NOT NULL,
    is_different    INTEGER NOT NULL,
    expected_micros INTEGER,          -- what all units come to at that price, in millionths of the currency unit; NULL: too much
    our_minor       INTEGER NOT NULL  -- what they come to at ours, less discounts and promotions
) STRICT;

-- The finance pack (store_finance.sql): what was booked in its period, entry by entry, by heads and by lines.
CREATE TEMP TABLE finance_entry (
    currency      TEXT NOT NULL,
    order_id      INTEGER NOT NULL,
    partner       TEXT NOT NULL,
    number        TEXT NOT NULL,
    version       INTEGER NOT NULL,
    customer      TEXT NOT NULL,
    kind          TEXT NOT NULL,
    sign          INTEGER NOT NULL,
    day           INTEGER NOT NULL,
    order_day     INTEGER NOT NULL,
    list_minor    INTEGER NOT NULL, -- of the lines, as the next two, without tax
    net_minor     INTEGER NOT NULL,
    tax_minor     INTEGER NOT NULL,
    freight_minor INTEGER NOT NULL, -- beside them; its tax is in tax_minor
    head_net_minor INTEGER NOT NULL, -- of the order
    head_tax_minor INTEGER NOT NULL,
    head_freight_minor INTEGER NOT NULL
) STRICT;

-- Invoices, charges and credit notes that were issued in it.
CREATE TEMP TABLE finance_document (
    id           INTEGER PRIMARY KEY, -- of table invoice
    currency     TEXT NOT NULL,
    kind         TEXT NOT NULL,
    is_return    INTEGER NOT NULL, -- a credit note for goods that came back
    net_minor    INTEGER NOT NULL,
    tax_minor    INTEGER NOT NULL,
    gross_minor  INTEGER NOT NULL,
    line_net_minor INTEGER NOT NULL, -- of its lines
    line_tax_minor INTEGER NOT NULL,
    kept_minor   INTEGER NOT NULL  -- of them, with tax: what is kept back, below 0
) STRICT;

-- Payments and refunds that finance told of in it.
CREATE TEMP TABLE finance_payment (
    id             INTEGER PRIMARY KEY, -- of table payment
    currency       TEXT NOT NULL,
    kind           TEXT NOT NULL,
    amount_minor   INTEGER NOT NULL,
    effective_ms   INTEGER NOT NULL,
    assigned_id    INTEGER -- the order that it counts for when the period ends; NULL: for none
) STRICT;

-- Orders that may be invoiced yet, or moved in the period or since: line by line before the period (0) and in it (1).
CREATE TEMP TABLE finance_order (
    order_id INTEGER PRIMARY KEY,
    was_over INTEGER NOT NULL, -- nothing was to come any more, before the period
    is_over  INTEGER NOT NULL  -- at its end
) STRICT;
CREATE TEMP TABLE finance_line (
    order_id        INTEGER NOT NULL,
    currency        TEXT NOT NULL,
    ordinal         INTEGER NOT NULL,
    in_period       INTEGER NOT NULL,
    booked_micros   INTEGER NOT NULL,
    booked_minor    INTEGER NOT NULL, -- with tax, as all that follow
    invoiced_micros INTEGER NOT NULL,
    invoiced_minor  INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE finance_head (
    order_id       INTEGER NOT NULL,
    currency       TEXT NOT NULL,
    in_period      INTEGER NOT NULL,
    booked_minor   INTEGER NOT NULL,
    invoiced_minor INTEGER NOT NULL
) STRICT;

-- What is open when the period ends, as the report of receivables has it (reports/receivables.h).
CREATE TEMP TABLE finance_open (
    currency     TEXT NOT NULL,
    customer     TEXT NOT NULL,
    partner      TEXT NOT NULL,
    order_number TEXT NOT NULL,
    number       TEXT NOT NULL,
    day          INTEGER NOT NULL,
    due          INTEGER NOT NULL,
    days         INTEGER NOT NULL, -- overdue
    age          TEXT NOT NULL,
    gross_minor  INTEGER NOT NULL, -- less what was credited
    open_minor   INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE finance_beyond (
    currency       TEXT NOT NULL,
    partner        TEXT NOT NULL,
    order_number   TEXT NOT NULL,
    paid_minor     INTEGER NOT NULL,
    refunded_minor INTEGER NOT NULL,
    advance_minor  INTEGER NOT NULL,
    owed_minor     INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE finance_stray (
    in_period    INTEGER NOT NULL, -- 0: when it begins, 1: when it ends
    currency     TEXT NOT NULL,
    amount_minor INTEGER NOT NULL  -- a refund below 0
) STRICT;

-- Amounts of the lines of the reconciliation, as the registers have them (0) and as they are counted otherwise (1); and the
-- reconciliation itself.
CREATE TEMP TABLE finance_fact (
    currency     TEXT NOT NULL,
    step         TEXT NOT NULL,
    side         INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE finance_control (
    currency      TEXT NOT NULL,
    ordinal       INTEGER NOT NULL,
    block         TEXT NOT NULL,
    step          TEXT NOT NULL,
    is_sum        INTEGER NOT NULL,
    amount_minor  INTEGER NOT NULL,
    against_minor INTEGER -- NULL: it is known from one place alone, and checked by the sum beneath it
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

-- The orders that came in a period, and where each stands.
CREATE TEMP TABLE came_order (
    currency  TEXT NOT NULL,
    state     TEXT NOT NULL, -- sold, waiting, refused, cancelled
    net_minor INTEGER NOT NULL, -- less what was cancelled of it while it waited
    tax_minor INTEGER NOT NULL,
    freight_minor INTEGER NOT NULL
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

-- Persons whom approvals ask, and what they are called.
CREATE TEMP TABLE approval_known (
    person TEXT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was asked in a step of an approval: those who decided in the period, then those who are asked still.
CREATE TEMP TABLE approval_asked (
    id           INTEGER PRIMARY KEY, -- decided ones by time, then open ones, the oldest first
    partner      TEXT NOT NULL,
    order_number TEXT NOT NULL,
    version      INTEGER NOT NULL,
    step         INTEGER NOT NULL,
    person       TEXT NOT NULL,
    chosen       TEXT NOT NULL,       -- route_way_names of rules/routing.h
    chain        TEXT NOT NULL,
    currency     TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    asked_ms     INTEGER NOT NULL,
    due_ms       INTEGER,
    decided_ms   INTEGER,             -- NULL: it is open
    until_ms     INTEGER NOT NULL,    -- decided, or the moment of the report
    state        TEXT NOT NULL,       -- 'asked' of open ones
    by           TEXT NOT NULL,       -- who decided the step, where this person did not; ''
    reason       TEXT NOT NULL,
    is_answer    INTEGER NOT NULL DEFAULT 0, -- it approved, refused or returned
    is_overdue   INTEGER NOT NULL DEFAULT 0, -- decided, or still open, after its time; or ended by it
    tenths       INTEGER NOT NULL DEFAULT 0  -- of an hour by the clock, since it was asked
) STRICT;

-- What was told of late orders in a period, and what was told last of those that are open.
CREATE TEMP TABLE delay_row (
    id              INTEGER PRIMARY KEY,
    section         TEXT NOT NULL,    -- open, told
    partner         TEXT NOT NULL,
    order_number    TEXT NOT NULL,
    version         INTEGER NOT NULL,
    at_ms           INTEGER NOT NULL,
    grade           TEXT NOT NULL,    -- names of rules/outlook.h
    grade_before    TEXT NOT NULL,
    cause           TEXT NOT NULL,
    promised        INTEGER NOT NULL, -- day
    expected        INTEGER,          -- day; NULL: nobody can say, and so the next
    expected_latest INTEGER
) STRICT;

-- How good the warnings were: one row.
CREATE TEMP TABLE delay_quality (
    finished         INTEGER NOT NULL,
    late             INTEGER NOT NULL,
    warned           INTEGER NOT NULL,
    warned_late      INTEGER NOT NULL,
    late_warned      INTEGER NOT NULL,
    precision_tenths INTEGER,         -- percent; NULL where there is nothing to divide by, and so the next
    recall_tenths    INTEGER,
    lead_tenths      INTEGER          -- hours
) STRICT;
