-- Tables of each connection's own, gone with it: what a report has gathered before it tells of it.  (In memory: a month.)

-- What the entries of the ledger of sales come to, by what a section is about (topic): net = list - discount - returned.
CREATE TEMP TABLE sold_sum (
    topic          TEXT NOT NULL,    -- day, kind, customer, partner, person, place (where it goes)
    currency       TEXT NOT NULL,
    name           TEXT NOT NULL,    -- of days their number; of places the country,
    detail         TEXT NOT NULL,    -- and its region
    newest         INTEGER NOT NULL, -- version of customers
    orders         INTEGER NOT NULL, -- less those that were taken back
    list_minor     INTEGER NOT NULL, -- without tax
    discount_minor INTEGER NOT NULL,
    returned_minor INTEGER NOT NULL,
    net_minor      INTEGER NOT NULL,
    tax_minor      INTEGER NOT NULL,
    cost_minor     INTEGER NOT NULL, -- of the lines whose cost is known,
    costed_minor   INTEGER NOT NULL, -- and their net
    exact_micros   INTEGER NOT NULL, -- of the lines whose amount before rounding is known: that,
    rounded_minor  INTEGER NOT NULL, -- and what it was rounded to
    freight_minor  INTEGER NOT NULL, -- charged beside the lines, without tax; tax_minor has its tax
    PRIMARY KEY (topic, currency, name, detail)
) STRICT, WITHOUT ROWID;

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
    rounded_minor    INTEGER NOT NULL
) STRICT;

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
    rounded_minor    INTEGER NOT NULL,
    PRIMARY KEY (currency, sku, unit, options)
) STRICT, WITHOUT ROWID;

-- What promotions took off, and lines whose price was set by hand.
CREATE TEMP TABLE sold_promotion (
    currency       TEXT NOT NULL,
    promotion      TEXT NOT NULL,
    orders         INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL,
    PRIMARY KEY (currency, promotion)
) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE sold_manual (
    currency TEXT NOT NULL,
    order_id INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    ordinal  INTEGER NOT NULL
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

-- Those of them who bought for the first time in a month of the year, so many months later.
CREATE TEMP TABLE cohort (
    currency  TEXT NOT NULL,
    month     TEXT NOT NULL,    -- 2026-11
    later     INTEGER NOT NULL,
    customers INTEGER NOT NULL, -- of that month who bought then
    orders    INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    PRIMARY KEY (currency, month, later)
) STRICT, WITHOUT ROWID;

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

-- How long after something happened partners told of it, by the kind of file; in millionths of an hour, to tenths.
CREATE TEMP TABLE told_news (
    partner       TEXT NOT NULL,
    document      TEXT NOT NULL,
    news          INTEGER NOT NULL,
    known_p50     INTEGER NOT NULL,
    known_p90     INTEGER NOT NULL,
    known_longest INTEGER NOT NULL,
    PRIMARY KEY (partner, document)
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
    id            INTEGER PRIMARY KEY, -- of table sale
    currency      TEXT NOT NULL,
    order_id      INTEGER NOT NULL,
    partner       TEXT NOT NULL,
    number        TEXT NOT NULL,
    version       INTEGER NOT NULL,
    customer      TEXT NOT NULL,
    products_version INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    sign          INTEGER NOT NULL,
    day           INTEGER NOT NULL,
    order_day     INTEGER NOT NULL,
    list_minor    INTEGER NOT NULL, -- of the lines, as the next two, without tax
    net_minor     INTEGER NOT NULL,
    tax_minor     INTEGER NOT NULL,
    rate_micros   INTEGER,          -- at which all lines of a first version are taxed; NULL: at several, or of another version
    freight_minor INTEGER NOT NULL, -- beside them; its tax is in tax_minor
    head_net_minor INTEGER NOT NULL, -- of the order
    head_tax_minor INTEGER NOT NULL,
    head_freight_minor INTEGER NOT NULL
) STRICT;

-- The same added up by what became of orders.
CREATE TEMP TABLE finance_flow (
    currency      TEXT NOT NULL,
    kind          TEXT NOT NULL,
    orders        INTEGER NOT NULL,
    list_minor    INTEGER NOT NULL,
    net_minor     INTEGER NOT NULL,
    tax_minor     INTEGER NOT NULL,
    freight_minor INTEGER NOT NULL,
    head_net_minor INTEGER NOT NULL,
    head_tax_minor INTEGER NOT NULL,
    head_freight_minor INTEGER NOT NULL
) STRICT;

-- How products are taxed, by list: the class that most have (sku ''), and each product of another.
CREATE TEMP TABLE finance_class (
    products_version INTEGER NOT NULL,
    sku        TEXT NOT NULL,
    tax_class  TEXT NOT NULL,
    PRIMARY KEY (products_version, sku)
) STRICT, WITHOUT ROWID;

-- What was taxed in it, by invoices, charges and credit notes, or by the ledger of sales.
CREATE TEMP TABLE finance_taxed (
    currency   TEXT NOT NULL,
    country    TEXT NOT NULL, -- that it went to
    source     TEXT NOT NULL, -- a kind of invoice, or 'sales-ledger'
    tax_class  TEXT NOT NULL, -- '': of no product
    rate_micros INTEGER NOT NULL,
    net_minor  INTEGER NOT NULL,
    tax_minor  INTEGER NOT NULL,
    PRIMARY KEY (currency, country, source, tax_class, rate_micros)
) STRICT, WITHOUT ROWID;

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
    invoiced_minor  INTEGER NOT NULL,
    PRIMARY KEY (order_id, currency, ordinal, in_period)
) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE finance_head (
    order_id       INTEGER NOT NULL,
    currency       TEXT NOT NULL,
    in_period      INTEGER NOT NULL,
    booked_minor   INTEGER NOT NULL,
    invoiced_minor INTEGER NOT NULL
) STRICT;

-- Amounts of the lines of the reconciliation, as the registers have them (0) and as they are counted otherwise (1); and the
-- reconciliation itself.
CREATE TEMP TABLE finance_fact (
    currency     TEXT NOT NULL,
    step         TEXT NOT NULL,
    side         INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (currency, step, side)
) STRICT, WITHOUT ROWID;
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
    order_id INTEGER PRIMARY KEY
) STRICT;

-- What they come to.
CREATE TEMP TABLE efficiency_stage (
    place  INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,    -- order/stages.h
    begun  INTEGER NOT NULL, -- in the period, and so the next two
    ended  INTEGER NOT NULL,
    again  INTEGER NOT NULL, -- begun once more
    open   INTEGER NOT NULL,
    beyond INTEGER           -- of the open ones: for longer than nine of ten took that were finished; NULL: none were
) STRICT;
CREATE TEMP TABLE efficiency_oldest (
    stage    TEXT NOT NULL,
    order_id INTEGER NOT NULL -- in it before all others, or as early
) STRICT;
CREATE TEMP TABLE efficiency_carrier (
    carrier   TEXT PRIMARY KEY,
    shipments INTEGER NOT NULL,
    due       INTEGER NOT NULL, -- of them those with a day that was requested
    late      INTEGER NOT NULL,
    parcels   INTEGER NOT NULL, -- somebody tells of their delivery
    delivered INTEGER NOT NULL,
    days_said INTEGER NOT NULL, -- of the delivered those whose carrier had said when
    in_time   INTEGER NOT NULL, -- by the end of the day that it said first
    news      INTEGER NOT NULL, -- of which something was told in the period
    troubled  INTEGER NOT NULL  -- likewise, an exception
) STRICT;
CREATE TEMP TABLE efficiency_rework (
    place  INTEGER PRIMARY KEY, -- the first three are all orders by their versions
    name   TEXT NOT NULL,
    times  INTEGER NOT NULL,
    orders INTEGER NOT NULL
) STRICT;
-- Readings of "in time", from tolerant to strict.
CREATE TEMP TABLE efficiency_rung (
    place     INTEGER PRIMARY KEY,
    basis     TEXT NOT NULL,
    tolerance INTEGER NOT NULL, -- days
    orders    INTEGER NOT NULL, -- of which it is known when they were due
    in_time   INTEGER NOT NULL,
    in_full   INTEGER NOT NULL,
    otif      INTEGER NOT NULL,
    lines     INTEGER,          -- likewise
    line_otif INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE efficiency_fill (
    place  INTEGER NOT NULL,
    name   TEXT NOT NULL,
    unit   TEXT NOT NULL,
    wanted INTEGER NOT NULL, -- millionths; less what customers cancelled
    filled INTEGER NOT NULL  -- of that: released at first, and left
) STRICT;
CREATE TEMP TABLE efficiency_whole (
    completed INTEGER NOT NULL,
    open      INTEGER NOT NULL,
    finished  INTEGER NOT NULL, -- orders with a promised day that came to their end in the period
    late      INTEGER NOT NULL,
    warned    INTEGER NOT NULL, -- a delay was told before the promised day was over,
    correct   INTEGER NOT NULL, -- and they were late;
    seen      INTEGER NOT NULL, -- they were late, and it was told before that day had begun
    ahead_ms  INTEGER NOT NULL  -- so long before the end of that day, together
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

-- Percentiles by nearest rank, by what they are of.
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
    orders    INTEGER NOT NULL,
    net_minor INTEGER NOT NULL, -- of those not sold: less what was cancelled of it while it waited; 0 of sold ones
    tax_minor INTEGER NOT NULL,
    freight_minor INTEGER NOT NULL,
    PRIMARY KEY (currency, state)
) STRICT, WITHOUT ROWID;

-- The best sellers, and the place of each by what it brought, how much and how often it was sold, and how much more than in the
-- period before.
CREATE TEMP TABLE best_product (
    currency     TEXT NOT NULL,
    sku          TEXT NOT NULL,
    products_version INTEGER NOT NULL,
    net_minor    INTEGER NOT NULL,
    base_micros  INTEGER NOT NULL, -- in the product's unit
    orders       INTEGER NOT NULL,
    growth_minor INTEGER NOT NULL,
    rank_net     INTEGER NOT NULL,
    rank_units   INTEGER NOT NULL,
    rank_orders  INTEGER NOT NULL,
    rank_growth  INTEGER NOT NULL,
    PRIMARY KEY (currency, sku)
) STRICT, WITHOUT ROWID;

-- What sales of the last twelve whole months say of a product.
CREATE TEMP TABLE moved_product (
    sku         TEXT PRIMARY KEY,
    xyz         TEXT NOT NULL,   -- '': not known
    year_micros INTEGER NOT NULL -- sold in these months
) STRICT, WITHOUT ROWID;

-- What all products of a currency bring that bring anything; and each of them by what it brings, and how evenly.
CREATE TEMP TABLE sold_value (
    currency  TEXT PRIMARY KEY,
    net_minor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE sold_class (
    currency         TEXT NOT NULL,
    place            INTEGER NOT NULL, -- from 1, the one that brings most
    sku              TEXT NOT NULL,
    unit             TEXT NOT NULL,
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
    rounded_minor    INTEGER NOT NULL,
    abc              TEXT NOT NULL,
    xyz              TEXT NOT NULL,
    PRIMARY KEY (currency, place)
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

-- Which report these tables have been filled for last, and its totals.  Any change of the store or of these tables, by whomever,
-- makes another of the last two numbers.
CREATE TEMP TABLE kept_report (
    report     TEXT NOT NULL,
    first_day  INTEGER NOT NULL,
    last_day   INTEGER NOT NULL,
    as_of_ms   INTEGER NOT NULL,
    day_view   INTEGER NOT NULL,
    language   INTEGER NOT NULL,
    partner    TEXT NOT NULL,
    terms      TEXT NOT NULL, -- of the configuration
    generation INTEGER NOT NULL,
    changes    INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE kept_total (
    currency TEXT NOT NULL,
    span     INTEGER NOT NULL,
    tile     INTEGER NOT NULL,
    value    INTEGER NOT NULL
) STRICT;

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

-- Orders that may have been open then.
CREATE TEMP TABLE receivable_touched (
    order_id INTEGER PRIMARY KEY
) STRICT;

-- What is open when a period ends (reports/receivables.h): for the report of receivables and the finance pack.
CREATE TEMP TABLE receivable_line (
    invoice_id     INTEGER PRIMARY KEY,
    currency       TEXT NOT NULL,
    customer       TEXT NOT NULL,
    partner        TEXT NOT NULL,
    order_number   TEXT NOT NULL,
    number         TEXT NOT NULL,
    day            INTEGER NOT NULL,
    due            INTEGER NOT NULL,
    days           INTEGER NOT NULL, -- overdue
    age            TEXT NOT NULL,
    gross_minor    INTEGER NOT NULL,
    credited_minor INTEGER NOT NULL,
    open_minor     INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE receivable_beyond (
    currency       TEXT NOT NULL,
    partner        TEXT NOT NULL,
    order_number   TEXT NOT NULL,
    paid_minor     INTEGER NOT NULL,
    refunded_minor INTEGER NOT NULL,
    advance_minor  INTEGER NOT NULL,
    owed_minor     INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE receivable_stray (
    id           INTEGER PRIMARY KEY, -- by day
    in_period    INTEGER NOT NULL,    -- 0: when it begins, 1: when it ends
    currency     TEXT NOT NULL,
    kind         TEXT NOT NULL,       -- payment, refund
    partner      TEXT NOT NULL,
    order_number TEXT NOT NULL,
    number       TEXT NOT NULL,
    payer        TEXT NOT NULL,
    reference    TEXT NOT NULL,
    paid_on      INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL     -- a refund below 0
) STRICT;

-- Its sums; of a period that is compared they are all that is gathered.
CREATE TEMP TABLE receivable_total (
    currency         TEXT NOT NULL PRIMARY KEY,
    invoices         INTEGER NOT NULL,
    open_minor       INTEGER NOT NULL,
    not_due_minor    INTEGER NOT NULL,
    to_30_minor      INTEGER NOT NULL,
    to_60_minor      INTEGER NOT NULL,
    to_90_minor      INTEGER NOT NULL,
    over_90_minor    INTEGER NOT NULL,
    overdue_minor    INTEGER NOT NULL,
    number           TEXT NOT NULL,    -- of the oldest invoice; '': nothing is open
    due              INTEGER,          -- NULL: likewise, and so the next
    days             INTEGER,          -- overdue
    invoiced_minor   INTEGER NOT NULL, -- of orders that are not settled, and so the next three
    credited_minor   INTEGER NOT NULL,
    paid_minor       INTEGER NOT NULL,
    refunded_minor   INTEGER NOT NULL,
    advance_minor    INTEGER NOT NULL,
    owed_minor       INTEGER NOT NULL,
    stray_minor      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is open less what is paid beyond, by the sums that are kept of orders, back from now.
CREATE TEMP TABLE receivable_kept (
    currency   TEXT NOT NULL PRIMARY KEY,
    open_minor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who owes something: as the newest version of customers has them that one of their open invoices was priced with, and
-- with the limit that was in force when the period ended.
CREATE TEMP TABLE receivable_customer (
    currency       TEXT NOT NULL,
    customer       TEXT NOT NULL,
    name           TEXT NOT NULL,
    limit_currency TEXT NOT NULL, -- '': no limit
    limit_micros   INTEGER NOT NULL,
    invoices       INTEGER NOT NULL, -- open ones
    number         TEXT NOT NULL,    -- of the oldest, and so the next two
    due            INTEGER NOT NULL,
    days           INTEGER NOT NULL, -- overdue
    open_minor     INTEGER NOT NULL,
    overdue_minor  INTEGER NOT NULL,
    not_due_minor  INTEGER NOT NULL,
    to_30_minor    INTEGER NOT NULL,
    to_60_minor    INTEGER NOT NULL,
    to_90_minor    INTEGER NOT NULL,
    over_90_minor  INTEGER NOT NULL,
    not_due_count  INTEGER NOT NULL, -- invoices, and so the next four
    to_30_count    INTEGER NOT NULL,
    to_60_count    INTEGER NOT NULL,
    to_90_count    INTEGER NOT NULL,
    over_90_count  INTEGER NOT NULL,
    PRIMARY KEY (currency, customer)
) STRICT, WITHOUT ROWID;
