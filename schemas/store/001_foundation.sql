-- The store of purser, version 1.  This file is the data dictionary: each column is explained where it stands.
-- Money is INTEGER minor units, prices, quantities and rates are INTEGER millionths (_micros), days are days since
-- 1970-01-01, moments are milliseconds since 1970-01-01T00:00Z (_ms).  Ids are ours and never shown to partners: what
-- partners and files see are natural keys, so that the same inputs give the same bytes whatever was interrupted.

-- One start of `purser run`; the only table that tells of the machine's clock.
CREATE TABLE run (
    id          INTEGER PRIMARY KEY,
    as_of_ms    INTEGER NOT NULL,  -- the time the run worked with
    started_ms  INTEGER NOT NULL,  -- wall clock
    finished_ms INTEGER,           -- NULL: it was interrupted, or runs now
    exit_code   INTEGER,
    summary     TEXT               -- JSON object of counts
) STRICT;

-- A file that a mailbox gave us, from the first claim until its interchange is in the store.
CREATE TABLE arrival (
    id             INTEGER PRIMARY KEY,
    partner        TEXT NOT NULL,
    mailbox        TEXT NOT NULL,
    name           BLOB NOT NULL,   -- as the partner named it: any bytes
    remote_size    INTEGER NOT NULL,
    remote_mtime_s INTEGER NOT NULL,
    spool          TEXT NOT NULL UNIQUE, -- our own name below .purser/spool/
    size           INTEGER,         -- of what landed
    sha256         TEXT,            -- of what landed
    state          TEXT NOT NULL CHECK (state IN ('claiming', 'landed', 'taken')),
                                    -- claiming: a local file is about to be renamed into the spool
                                    -- landed: complete and synced in the spool; intake has work
                                    -- taken: its interchange is in the store
    remote         TEXT NOT NULL CHECK (remote IN ('present', 'settled')),
                                    -- settled: the partner's copy is deleted, moved, or remembered
    arrived_ms     INTEGER NOT NULL,
    held_by_run    INTEGER,         -- this run could not fetch, or read, all of its mailbox: it does not take it, the
                                    -- next run does, with what was missing
    mapping        TEXT,            -- what it is in its partner's own layout: the name of a mapping, '' of none, NULL:
                                    -- not looked at yet. A file of several mappings becomes as many arrivals.
    turn           INTEGER NOT NULL DEFAULT 1, -- 0: a lookup, taken before the files that need it
    trouble        TEXT             -- why it could not be read, the last time; it waits until it can
) STRICT;
CREATE INDEX arrival_to_take ON arrival(state) WHERE state <> 'taken';
CREATE INDEX arrival_to_settle ON arrival(partner, mailbox, name) WHERE remote = 'present';
-- Many partners give each file the same name; time and size tell them apart.
CREATE INDEX arrival_known ON arrival(partner, mailbox, name, remote_mtime_s, remote_size);

-- A run that ended in the middle of a file (killed, out of memory, a bug of ours), as the next run found out.  When the
-- file comes through, its rows go.
CREATE TABLE death (
    run_id         INTEGER PRIMARY KEY, -- the run that ended; rows of runs go, so this refers to nothing
    arrival_id     INTEGER NOT NULL REFERENCES arrival,
    noted_ms       INTEGER NOT NULL -- the time of the run that found out
) STRICT;
CREATE INDEX death_of_arrival ON death(arrival_id);

-- What lies in a mailbox and is left alone because it is no plain file: said once, shown by `purser status` while it is
-- there.  At most 20 of a mailbox, the first by name.
CREATE TABLE left_alone (
    partner    TEXT NOT NULL,
    mailbox    TEXT NOT NULL,
    name       BLOB NOT NULL,       -- as the partner named it: any bytes
    kind       TEXT NOT NULL CHECK (kind IN ('link', 'folder', 'pipe', 'socket', 'device', 'two-names', 'unknown')),
    since_ms   INTEGER NOT NULL,    -- when it was first seen
    PRIMARY KEY (partner, mailbox, name)
) STRICT, WITHOUT ROWID;

-- One file as it arrived, judged.
CREATE TABLE interchange (
    id             INTEGER PRIMARY KEY,
    arrival_id     INTEGER NOT NULL UNIQUE REFERENCES arrival,
    partner        TEXT NOT NULL,
    name           TEXT NOT NULL,   -- shown safely (\xNN)
    sha256         TEXT NOT NULL,
    size           INTEGER NOT NULL,
    format         TEXT NOT NULL,   -- 'xml', 'csv', or '' when it was not recognised
    mapping        TEXT NOT NULL DEFAULT '', -- by which it was read: its partner's own layout; '': in ours
    document       TEXT NOT NULL,   -- 'order', 'shipment', 'decision', 'customers', ...; or ''
    acceptance     TEXT NOT NULL CHECK (acceptance IN ('per-order', 'all-or-nothing', 'test')),
    state          TEXT NOT NULL CHECK (state IN ('read', 'taken', 'partly', 'refused', 'duplicate', 'held')),
                                    -- read: its documents wait for the desk; held: its master data wait for a person
                                    -- (table master_hold); the rest is final
    duplicate_of   INTEGER REFERENCES interchange,
    repetition     INTEGER NOT NULL, -- how many files of the same bytes the partner had sent before
    place          TEXT NOT NULL,   -- where the file lies below .purser/: 'spool/..' until its state is final, then
                                    -- 'archive/..', 'quarantine/..' when refused, 'duplicate/..'
    documents      INTEGER NOT NULL DEFAULT 0, -- orders (or rows of master data) seen in it
    documents_taken INTEGER NOT NULL DEFAULT 0, -- of them in force (also those that had come before)
    findings       INTEGER NOT NULL DEFAULT 0, -- all of them; the table finding keeps the first 1000
    received_ms    INTEGER NOT NULL,
    UNIQUE (partner, sha256, repetition)
) STRICT;
-- The same bytes are taken once (by each mapping).  A file that was refused, or only tested, may come again and is judged again, and so
-- may master data that others have replaced: the statement interchange_original asks by this index for the last one.
CREATE UNIQUE INDEX interchange_once ON interchange(
    partner, sha256, mapping,
    CASE WHEN document IN ('', 'order', 'shipment', 'decision', 'payment', 'transport-event', 'stock-report', 'order-change', 'order-cancellation',
                           'return-request', 'return-receipt') THEN 0 ELSE repetition END)
    WHERE state IN ('read', 'taken', 'partly', 'held') AND acceptance <> 'test';
CREATE INDEX interchange_received ON interchange(received_ms); -- what came in a period, for reports
CREATE INDEX interchange_of_partner ON interchange(partner, received_ms); -- the same of one partner, and what came before
CREATE INDEX interchange_named ON interchange(partner, name); -- a person asks for a file
CREATE INDEX interchange_waiting ON interchange(state) WHERE state = 'read';
CREATE INDEX interchange_to_file ON interchange(place) WHERE place GLOB 'spool/*';

-- The files that a partner's mappings look things up in, as they came last: a later one replaces all rows.
CREATE TABLE lookup (
    id             INTEGER PRIMARY KEY,
    partner        TEXT NOT NULL,
    name           TEXT NOT NULL,   -- of the mapping
    interchange_id INTEGER NOT NULL UNIQUE REFERENCES interchange,
    columns        TEXT NOT NULL,   -- JSON array: the file's header
    UNIQUE (partner, name)
) STRICT;
CREATE TABLE lookup_row (
    lookup_id      INTEGER NOT NULL REFERENCES lookup,
    key            TEXT NOT NULL,   -- JSON array of the values of the key columns
    cells          TEXT NOT NULL,   -- JSON array
    line           INTEGER NOT NULL,
    UNIQUE (lookup_id, key)
) STRICT;

-- When each partner sent its last file of a kind, and the last 20 times between such files: what it usually does.
CREATE TABLE partner_rhythm (
    partner  TEXT NOT NULL,
    document TEXT NOT NULL,
    last_ms  INTEGER NOT NULL,
    arrivals INTEGER NOT NULL, -- runs in which one came
    PRIMARY KEY (partner, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE partner_gap (
    partner  TEXT NOT NULL,
    document TEXT NOT NULL,
    slot     INTEGER NOT NULL, -- 0 to 19, one after the other, over and over
    gap_ms   INTEGER NOT NULL CHECK (gap_ms > 0),
    PRIMARY KEY (partner, document, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    interchange_id INTEGER NOT NULL REFERENCES interchange,
    ordinal        INTEGER NOT NULL,  -- from 1, in the order they were found
    code           TEXT NOT NULL,     -- id of the message catalogue
    severity       TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'error', 'fatal')),
    line           INTEGER NOT NULL,  -- in the file; 0 when it has no place
    column         INTEGER NOT NULL,
    order_number   TEXT NOT NULL,
    order_line     TEXT NOT NULL,
    field          TEXT NOT NULL,
    value          TEXT NOT NULL,     -- shown safely
    expected       TEXT NOT NULL,
    hint           TEXT NOT NULL,
    version        INTEGER NOT NULL DEFAULT 0, -- of the order, where we made that version; 0: about the file
    PRIMARY KEY (interchange_id, order_number, ordinal) -- by order: its response tells its findings
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
    id               INTEGER PRIMARY KEY,
    partner          TEXT NOT NULL,
    number           TEXT NOT NULL,    -- the partner's own
    version          INTEGER NOT NULL, -- the one in force, from 1
    approval         TEXT NOT NULL,    -- states of order/lifecycle.h; moves are checked by a trigger
    fulfilment       TEXT NOT NULL,
    received_ms      INTEGER NOT NULL,
    payment          TEXT NOT NULL DEFAULT 'none', -- what it must be paid before its release: likewise
    UNIQUE (partner, number)
) STRICT;
-- An order that the desk has not seen ('received') is found by its interchange and does not pay for this index.
CREATE INDEX orders_open ON orders(approval, fulfilment, payment)
    WHERE approval <> 'refused' AND approval <> 'cancelled' AND approval <> 'received' AND fulfilment <> 'shipped'
          AND fulfilment <> 'partly-delivered' AND fulfilment <> 'delivered';

-- Orders in state 'unpriced': which line has no price, and why.  They are tried again when other master data are in force.
CREATE TABLE order_awaiting_price (
    order_id INTEGER PRIMARY KEY REFERENCES orders,
    since_ms INTEGER NOT NULL,
    line     TEXT NOT NULL, -- the partner's number of the first that has none
    code     TEXT NOT NULL, -- id of the message catalogue
    tried    TEXT NOT NULL  -- ids of the master versions in force when it was priced last, of every kind: '1,2,0,...'
) STRICT, WITHOUT ROWID;

-- What the partner said.  Never altered: a change makes the next version, and so does an order that was refused and
-- comes again under its number, one whose price is set here, and one that an approver strikes lines from.
CREATE TABLE order_version (
    order_id       INTEGER NOT NULL REFERENCES orders,
    version        INTEGER NOT NULL,
    interchange_id INTEGER NOT NULL REFERENCES interchange, -- that brought it
    sha256         TEXT NOT NULL,     -- order_digest
    type           TEXT NOT NULL,
    currency       TEXT NOT NULL,
    order_date     INTEGER NOT NULL,  -- the price date
    requested_from INTEGER,
    requested_to   INTEGER,
    coupons        TEXT NOT NULL,     -- JSON array of texts
    lines          INTEGER NOT NULL,
    line           INTEGER NOT NULL,  -- where it stood in its file
    column         INTEGER NOT NULL,
    address_doubt  TEXT NOT NULL DEFAULT '', -- code of the first warning about where it goes; '': none
    terms          TEXT NOT NULL DEFAULT '' CHECK (terms IN ('', 'account', 'prepaid', 'deposit')), -- of payment, that a change asked for; '': the customer's
    sales_person   TEXT NOT NULL DEFAULT '',
    freight_micros INTEGER NOT NULL DEFAULT 0, -- charged for its carriage, without tax; 0: nothing
    is_ours        INTEGER NOT NULL DEFAULT 0, -- 1: as the version before it, but for a price that is set here, or lines that were struck
    PRIMARY KEY (order_id, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX order_version_of_interchange ON order_version(interchange_id);
CREATE INDEX order_version_by_date ON order_version(order_date); -- the orders of a period, priced again

CREATE TABLE order_line (
    order_id              INTEGER NOT NULL,
    version               INTEGER NOT NULL,
    ordinal               INTEGER NOT NULL, -- from 1
    number                TEXT NOT NULL,    -- the partner's line number
    sku                   TEXT NOT NULL,
    description           TEXT NOT NULL,
    quantity_micros       INTEGER NOT NULL,
    unit                  TEXT NOT NULL,
    expected_price_micros INTEGER,
    manual_price_micros   INTEGER,          -- asked for in place of ours, per unit ordered; NULL: none
    manual_discount_micros INTEGER,         -- asked for off the unit price, a rate; NULL: none
    manual_reason         TEXT NOT NULL DEFAULT '',
    manual_person         TEXT NOT NULL DEFAULT '', -- who grants it, by name
    manual_is_ours        INTEGER NOT NULL DEFAULT 0, -- 1: set by `purser price set`, not asked for by the partner
    requested_from        INTEGER,
    requested_to          INTEGER,
    options               TEXT NOT NULL,    -- JSON object name -> value, in the partner's order
    line                  INTEGER NOT NULL, -- where it stood in its file
    column                INTEGER NOT NULL,
    PRIMARY KEY (order_id, version, ordinal)
) STRICT, WITHOUT ROWID;

-- Of which lines a person has set the price: few.
CREATE INDEX order_line_manual ON order_line(order_id, version) WHERE manual_price_micros IS NOT NULL;

-- ship-to and bill-to have a row only when they differ from sold-to.
CREATE TABLE order_party (
    order_id    INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('sold-to', 'ship-to', 'bill-to')),
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    contact     TEXT NOT NULL,
    phone       TEXT NOT NULL,
    email       TEXT NOT NULL,
    country     TEXT NOT NULL,
    region      TEXT NOT NULL,
    city        TEXT NOT NULL,
    district    TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    street      TEXT NOT NULL,
    street2     TEXT NOT NULL,
    PRIMARY KEY (order_id, version, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_note (
    order_id INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    ordinal  INTEGER NOT NULL,
    line     INTEGER NOT NULL,  -- order_line.ordinal, 0 for the whole order
    kind     TEXT NOT NULL CHECK (kind IN ('delivery', 'packaging', 'gift', 'internal')),
    text     TEXT NOT NULL,
    PRIMARY KEY (order_id, version, ordinal)
) STRICT, WITHOUT ROWID;

-- What we decided about the price.  Never altered.
CREATE TABLE order_price (
    order_id     INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    customer     TEXT NOT NULL,      -- customer code that was priced for
    customer_group TEXT NOT NULL,
    currency     TEXT NOT NULL,
    net_minor    INTEGER NOT NULL,   -- of its lines
    tax_minor    INTEGER NOT NULL,   -- on them and on its freight
    gross_minor  INTEGER NOT NULL,   -- net, freight and tax
    freight_minor INTEGER NOT NULL DEFAULT 0, -- by tax rates: table order_freight
    includes_tax INTEGER NOT NULL DEFAULT 0, -- the prices of its lines do: 1
    cost_minor   INTEGER,            -- of all lines; NULL: of one at least it is not known.  For us alone
    day          INTEGER NOT NULL,   -- of booking: the day the order was received, for reports
    customers_version INTEGER NOT NULL, -- versions of the master data that were in force
    products_version  INTEGER NOT NULL,
    prices_version    INTEGER NOT NULL,
    promotions_version INTEGER NOT NULL DEFAULT 0, -- 0: none was in force
    payment_terms  TEXT NOT NULL DEFAULT 'account', -- these three as the customer's row had them, or the first as order_version.terms
    deposit_micros INTEGER NOT NULL DEFAULT 0,
    payment_days   INTEGER NOT NULL DEFAULT -1,
    PRIMARY KEY (order_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_price_by_day ON order_price(day, currency, order_id, version);
CREATE INDEX order_price_of_customer ON order_price(customer, day); -- is this a customer's first order?

-- How it came about.  Apart from it, for it is long, and seldom asked for; and with rowid, or each were on a page of its own.
CREATE TABLE order_price_trace (
    order_id INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    trace    TEXT NOT NULL, -- JSON, see rules/price.h
    PRIMARY KEY (order_id, version)
) STRICT;

-- What a customer's orders of a day come to that were approved by rule: kept up with them, so that an order can be seen together
-- with those that came before it on the same day, however many there are.
CREATE TABLE customer_day (
    customer    TEXT NOT NULL,
    day         INTEGER NOT NULL,
    currency    TEXT NOT NULL,
    orders      INTEGER NOT NULL,
    net_minor   INTEGER NOT NULL,
    gross_minor INTEGER NOT NULL,
    PRIMARY KEY (customer, day, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_line_price (
    order_id        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    ordinal         INTEGER NOT NULL,
    price_micros    INTEGER NOT NULL, -- per unit ordered, as order_price.includes_tax says, before discount and promotions
    list_minor      INTEGER NOT NULL DEFAULT 0, -- of all units at that price
    discount_minor  INTEGER NOT NULL DEFAULT 0, -- that the discount asked for takes off that; promotions then reduce what is left
    list_exact_micros INTEGER,        -- quantity x price before rounding, in millionths of the currency unit, with or without
                                      -- tax as the price is; NULL: beyond 64 bits
    exact_micros    INTEGER,          -- likewise, less the discount and before promotions
    is_as_expected  INTEGER NOT NULL DEFAULT 1 CHECK (is_as_expected IN (0, 1)), -- 0: the partner expected another price
    net_minor       INTEGER NOT NULL,
    tax_rate_micros INTEGER NOT NULL,
    tax_minor       INTEGER NOT NULL,
    rules_price_micros INTEGER,       -- of a line with a manual price: what the rules give per unit; NULL: nothing
    deviation_micros INTEGER,         -- how far the manual price is below it, of it (negative: above); NULL: none
    allowed_micros  INTEGER,          -- how far its person may go; NULL: there is none, or nothing is allowed to him
    cost_minor      INTEGER,          -- what it costs us, with freight and free goods; NULL: not known.  For us alone
    least_minor     INTEGER,          -- that net_minor must come to; NULL: nothing.  For us alone
    is_below_floor  INTEGER NOT NULL DEFAULT 0, -- 1: it comes to less, and nobody who may has allowed it
    PRIMARY KEY (order_id, version, ordinal)
) STRICT, WITHOUT ROWID;

-- What a line comes to without tax: before discounts (net_minor + reduced_minor) and after; and its amount before rounding, of
-- prices that are so themselves, with what that was rounded to.
CREATE VIEW line_sold AS
SELECT l.order_id, l.version, l.ordinal, l.net_minor, l.tax_minor, l.cost_minor,
       CASE WHEN p.includes_tax = 0 THEN l.list_minor - l.net_minor
            ELSE ((l.list_minor - l.net_minor - l.tax_minor) * 1000000 + (1000000 + l.tax_rate_micros) / 2)
                 / (1000000 + l.tax_rate_micros) END AS reduced_minor,
       iif(p.includes_tax = 0, l.exact_micros, NULL) AS exact_micros,
       iif(p.includes_tax = 0 AND l.exact_micros IS NOT NULL, l.list_minor - l.discount_minor, 0) AS rounded_minor
FROM order_price p CROSS JOIN order_line_price l ON l.order_id = p.order_id AND l.version = p.version;

-- The freight of an order, shared among the tax rates of its lines.  Never altered.
CREATE TABLE order_freight (
    order_id        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    part            INTEGER NOT NULL, -- from 1: a rate, in the order in which lines have them
    tax_rate_micros INTEGER NOT NULL,
    net_minor       INTEGER NOT NULL, -- above 0
    tax_minor       INTEGER NOT NULL,
    PRIMARY KEY (order_id, version, part)
) STRICT, WITHOUT ROWID;

-- What the parts of a package have of its line's net: for margins and returns.  Reports count the package.
CREATE TABLE order_line_part (
    order_id        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    ordinal         INTEGER NOT NULL, -- of the line
    part            INTEGER NOT NULL, -- from 1, by SKU
    sku             TEXT NOT NULL,
    quantity_micros INTEGER NOT NULL, -- in all packages of the line
    unit            TEXT NOT NULL,
    list_minor      INTEGER NOT NULL, -- what so many cost by the list: the weight of its share
    net_minor       INTEGER NOT NULL, -- all parts together have the net of the line
    PRIMARY KEY (order_id, version, ordinal, part)
) STRICT, WITHOUT ROWID;

-- What promotions took off a line, in the sequence in which they were applied.  Never altered.
CREATE TABLE order_line_reduction (
    order_id        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    ordinal         INTEGER NOT NULL, -- of the order line
    sequence        INTEGER NOT NULL, -- from 1, over all lines of the order
    promotion       TEXT NOT NULL,    -- code in the version of promotions that priced the order
    reduction_minor INTEGER NOT NULL, -- above 0
    PRIMARY KEY (order_id, version, ordinal, sequence)
) STRICT, WITHOUT ROWID;

-- Goods that a promotion gives beyond what was ordered.  Never altered.
CREATE TABLE order_free_line (
    order_id        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    ordinal         INTEGER NOT NULL, -- from 1
    number          TEXT NOT NULL,    -- 'F1': a line number for the warehouse that no order line has
    order_line      INTEGER NOT NULL, -- ordinal of the line it came with; 0: of several
    promotion       TEXT NOT NULL,
    sku             TEXT NOT NULL,
    quantity_micros INTEGER NOT NULL,
    unit            TEXT NOT NULL,    -- of the product
    owed_micros     INTEGER NOT NULL, -- of it out of stock
    stock_version   INTEGER NOT NULL, -- number of the version of stock that was asked; 0: none
    PRIMARY KEY (order_id, version, ordinal)
) STRICT, WITHOUT ROWID;

-- How often an order version used a promotion, for limits and budgets.
CREATE TABLE promotion_use (
    order_id        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    promotion       TEXT NOT NULL,
    coupon          TEXT NOT NULL,    -- '' when it needed none
    customer        TEXT NOT NULL,
    uses            INTEGER NOT NULL,
    reduction_minor INTEGER NOT NULL,
    spent_minor     INTEGER NOT NULL, -- of its budget: the reduction, and the value of goods given
    is_released     INTEGER NOT NULL CHECK (is_released IN (0, 1)), -- the order was refused: it counts no more
    PRIMARY KEY (order_id, version, promotion)
) STRICT, WITHOUT ROWID;

-- The sums of the uses that count, kept up with each: so that a limit is looked up and nothing is added up.
CREATE TABLE promotion_total (
    kind        TEXT NOT NULL CHECK (kind IN ('promotion', 'coupon')),
    code        TEXT NOT NULL,
    customer    TEXT NOT NULL,    -- '' over all of them
    uses        INTEGER NOT NULL, -- of coupons: orders
    spent_minor INTEGER NOT NULL, -- in the promotion's currency (of one without, it has no meaning)
    PRIMARY KEY (kind, code, customer)
) STRICT, WITHOUT ROWID;

-- What of the lines of an order version is cancelled, all cancellations together: it is neither open nor to be paid any more.  A version
-- that takes the place of one whose goods are under way takes these over; any other begins without.
CREATE TABLE order_cancelled (
    order_id        INTEGER NOT NULL REFERENCES orders,
    version         INTEGER NOT NULL,
    ordinal         INTEGER NOT NULL, -- of the order line; 100000 + that of goods that are given; 400000: all freight, of an
                                      -- order that is cancelled before anything left
    quantity_micros INTEGER NOT NULL CHECK (quantity_micros > 0), -- in the unit of the line
    net_minor       INTEGER NOT NULL, -- so much of what the line was priced at: amount x quantity / ordered, rounded half up
    tax_minor       INTEGER NOT NULL,
    counted_micros  INTEGER NOT NULL, -- of the quantity, for goods that promotions gave: what stays is to earn them without it
    PRIMARY KEY (order_id, version, ordinal),
    CHECK (counted_micros BETWEEN 0 AND quantity_micros)
) STRICT, WITHOUT ROWID;

-- How it came to be: each cancellation of (a part of) an order.  Never altered.
CREATE TABLE cancellation (
    id             INTEGER PRIMARY KEY,
    order_id       INTEGER NOT NULL REFERENCES orders,
    number         INTEGER NOT NULL, -- of the order, from 1
    version        INTEGER NOT NULL, -- of the order
    is_whole       INTEGER NOT NULL CHECK (is_whole IN (0, 1)), -- nothing of the order was left
    interchange_id INTEGER REFERENCES interchange, -- that asked for it; NULL: a person here, or we
    request        TEXT NOT NULL,    -- the customer's own number; ''
    actor          TEXT NOT NULL,    -- as in order_event
    reason         TEXT NOT NULL CHECK (reason IN ('not-needed', 'mistake', 'too-late', 'price', 'other', 'rest')),
                                     -- rest: what was not in stock, by the rule of delivery
    text           TEXT NOT NULL,    -- in words; ''
    fault          TEXT NOT NULL CHECK (fault IN ('customer', 'company', 'nobody')), -- whose it is
    at_ms          INTEGER NOT NULL,
    currency       TEXT NOT NULL,
    net_minor      INTEGER NOT NULL, -- of its lines
    tax_minor      INTEGER NOT NULL,
    policy_id      INTEGER REFERENCES master_version, -- the policy of cancellations that was in force when it was asked for; NULL: none
    notice_id      INTEGER,          -- of stop_notice, whose answer led to it; NULL: it was free.  (No foreign key: a
                                     -- notice names the cancellation that it waits for.)
    cost_minor     INTEGER,          -- spent on it so far, as was answered, in the company's currency; NULL: not said
    deposit_minor  INTEGER NOT NULL DEFAULT 0, -- that was paid when it was asked for, and for how much of the order's goods, with
                                     -- tax: those of the cancellation that it was asked for by
    deposit_for_minor INTEGER NOT NULL DEFAULT 0,
    gifts          TEXT NOT NULL DEFAULT 'keep' CHECK (gifts IN ('value', 'back', 'keep')), -- what becomes of goods that promotions
                                     -- gave, have left, and would not be given for what stays
    gift_clause    TEXT NOT NULL DEFAULT '', -- of the policy, that says so
    UNIQUE (order_id, number)
) STRICT;
CREATE INDEX cancellation_of_interchange ON cancellation(interchange_id) WHERE interchange_id IS NOT NULL;
CREATE INDEX cancellation_of_policy ON cancellation(policy_id) WHERE policy_id IS NOT NULL;
CREATE TRIGGER cancellation_is_final BEFORE UPDATE ON cancellation
BEGIN
    SELECT raise(ABORT, 'cancellations are never altered');
END;
CREATE TABLE cancellation_line (
    cancellation_id INTEGER NOT NULL REFERENCES cancellation,
    ordinal         INTEGER NOT NULL, -- as in order_cancelled, and so the next three
    quantity_micros INTEGER NOT NULL CHECK (quantity_micros > 0),
    net_minor       INTEGER NOT NULL,
    tax_minor       INTEGER NOT NULL,
    PRIMARY KEY (cancellation_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What was sold: a ledger that is only added to.  An order counts from its approval on; what changes later is an entry of the
-- day on which it became known, so that what was told of a day that is over stays true.
CREATE TABLE sale (
    id        INTEGER PRIMARY KEY,
    order_id  INTEGER NOT NULL REFERENCES orders,
    version   INTEGER NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('ordered', 'changed', 'cancelled', 'returned')),
                                  -- why: approved (1) and another version in its place (-1, then 1); cancelled, all or in part; goods
                                  -- that came back
    sign      INTEGER NOT NULL CHECK (sign IN (-1, 0, 1)), -- 1: all lines of the version as they were priced; -1: they are taken
                                  -- back; 0: what table sale_line says
    day       INTEGER NOT NULL,   -- on which it became known: it is booked then
    known_ms  INTEGER NOT NULL,
    order_day INTEGER NOT NULL,   -- the date of the order
    -- Of the version, as it was priced, so that nobody reads all of it for a sum.
    currency  TEXT NOT NULL,
    customer  TEXT NOT NULL,
    customers_version INTEGER NOT NULL,
    products_version  INTEGER NOT NULL,
    includes_tax INTEGER NOT NULL,
    -- What the entry adds; all 0 when sign is 0 (sale_line has it).
    list_minor   INTEGER NOT NULL, -- without tax, before discounts
    net_minor    INTEGER NOT NULL,
    freight_minor INTEGER NOT NULL, -- without tax
    tax_minor    INTEGER NOT NULL, -- with that of the freight
    cost_minor   INTEGER NOT NULL, -- of the lines whose cost is known,
    costed_minor INTEGER NOT NULL, -- and their net
    exact_micros  INTEGER,         -- of the lines whose amount before rounding is known: that; NULL: beyond 64 bits
    rounded_minor INTEGER NOT NULL -- and what it was rounded to
) STRICT;
CREATE INDEX sale_by_day ON sale(day);
CREATE INDEX sale_by_order_day ON sale(order_day);
CREATE INDEX sale_of_order ON sale(order_id, version);
CREATE TRIGGER sale_is_final BEFORE UPDATE ON sale
BEGIN
    SELECT raise(ABORT, 'sales are never altered');
END;

-- Less (below 0), or less of less.  Shares of what the line was priced at.
CREATE TABLE sale_line (
    sale_id         INTEGER NOT NULL REFERENCES sale,
    ordinal         INTEGER NOT NULL, -- of the order line
    quantity_micros INTEGER NOT NULL, -- in its unit
    list_minor      INTEGER NOT NULL, -- before discounts, without tax
    net_minor       INTEGER NOT NULL,
    tax_minor       INTEGER NOT NULL,
    cost_minor      INTEGER,          -- NULL: not known
    PRIMARY KEY (sale_id, ordinal)
) STRICT, WITHOUT ROWID;

-- The same added up by customers, kept up with it, so that nobody reads all orders of the past.
CREATE TABLE customer_sale (
    customer  TEXT NOT NULL,
    currency  TEXT NOT NULL,
    order_day INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    orders    INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    PRIMARY KEY (customer, currency, order_day, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_sale_by_day ON customer_sale(order_day);
CREATE INDEX customer_sale_booked ON customer_sale(day);

-- And by products and months: how evenly they are sold, and when last.  Months are counted, year * 12 + month - 1.
CREATE TABLE product_month (
    sku             TEXT NOT NULL,
    unit            TEXT NOT NULL,    -- as it was ordered; '': the product's
    month           INTEGER NOT NULL, -- of the day of booking
    order_month     INTEGER NOT NULL, -- of the date of the order
    quantity_micros INTEGER NOT NULL, -- less what was taken back
    last_day        INTEGER,          -- the latest date of the orders that were entered; NULL: none was, something was taken back
    PRIMARY KEY (sku, month, order_month, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_month_by_month ON product_month(month);
CREATE INDEX product_month_by_order_month ON product_month(order_month);

-- What a cancellation costs its customer beside what it takes off: a claim.  Never altered.
CREATE TABLE charge (
    id              INTEGER PRIMARY KEY,
    order_id        INTEGER NOT NULL REFERENCES orders,
    number          INTEGER NOT NULL, -- of the order, from 1
    cancellation_id INTEGER REFERENCES cancellation, -- that it is claimed for; NULL: for a return
    return_id       INTEGER REFERENCES return_authorisation,
    kind            TEXT NOT NULL CHECK (kind IN ('fee', 'claw-back', 'gift')), -- claw-back: what promotions had given for more;
                                      -- gift: what goods are worth that they had given for more, and that have left
    clause          TEXT NOT NULL,    -- of the policy; '' of a claw-back
    gift_ordinal    INTEGER NOT NULL, -- of a gift: 100000 + that of order_free_line; 0, and '' in the next two, of others
    gift_number     TEXT NOT NULL,    -- of the line
    gift_sku        TEXT NOT NULL,
    at_ms           INTEGER NOT NULL, -- claimed
    statement       INTEGER NOT NULL, -- of the order, that told of it first; 0 of a return
    currency        TEXT NOT NULL,
    net_minor       INTEGER NOT NULL,
    tax_minor       INTEGER NOT NULL,
    tax_rate_micros INTEGER NOT NULL,
    text_en         TEXT NOT NULL,    -- how it was computed
    text_zh         TEXT NOT NULL,
    waived_by       TEXT NOT NULL,    -- these two of the clause: who may waive it, and up to how much with tax; -1: all
    waive_up_to_minor INTEGER NOT NULL,
    invoice_id      INTEGER REFERENCES invoice, -- that claims it; NULL: none does
    base_net_minor  INTEGER NOT NULL, -- of what was cancelled, that it is charged for; 0, and so the next two, but of a fee
    base_tax_minor  INTEGER NOT NULL,
    base_cost_minor INTEGER NOT NULL, -- what that had cost so far
    UNIQUE (order_id, number),
    CHECK ((cancellation_id IS NULL) <> (return_id IS NULL)),
    CHECK ((kind = 'gift') = (gift_ordinal > 100000) AND (kind = 'gift' OR return_id IS NULL))
) STRICT;
CREATE INDEX charge_of_cancellation ON charge(cancellation_id);
CREATE INDEX charge_of_return ON charge(return_id) WHERE return_id IS NOT NULL;
CREATE INDEX charge_at ON charge(at_ms);
CREATE TRIGGER charge_is_final BEFORE UPDATE ON charge
BEGIN
    SELECT raise(ABORT, 'charges are never altered');
END;

-- What of a charge is not claimed any more.  Never altered.
CREATE TABLE charge_less (
    charge_id  INTEGER NOT NULL REFERENCES charge,
    sequence   INTEGER NOT NULL, -- from 1
    kind       TEXT NOT NULL CHECK (kind IN ('waived', 'given-back')), -- given-back: what it was claimed for is cancelled too, or came
                                                                       -- back
    net_minor  INTEGER NOT NULL,
    tax_minor  INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    at_ms      INTEGER NOT NULL,
    statement  INTEGER NOT NULL, -- of the order: that told of it first; 0: it was claimed for a return
    invoice_id INTEGER REFERENCES invoice, -- the credit note; NULL: none
    PRIMARY KEY (charge_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX charge_less_at ON charge_less(at_ms);

-- What is claimed, less what of it is not any more, by charge.
CREATE VIEW charge_open AS
SELECT g.order_id, g.kind, g.gift_ordinal,
       g.net_minor - coalesce((SELECT sum(s.net_minor) FROM charge_less AS s WHERE s.charge_id = g.id), 0) AS net_minor,
       g.tax_minor - coalesce((SELECT sum(s.tax_minor) FROM charge_less AS s WHERE s.charge_id = g.id), 0) AS tax_minor
FROM charge AS g;

-- What the customer is told of a cancellation, and again when something of its charges is waived.  Never altered.
CREATE TABLE cancellation_statement (
    order_id        INTEGER NOT NULL REFERENCES orders,
    number          INTEGER NOT NULL, -- of the order, from 1
    cancellation_id INTEGER NOT NULL REFERENCES cancellation,
    at_ms           INTEGER NOT NULL,
    paid_minor      INTEGER NOT NULL, -- for the order, without what went back
    due_minor       INTEGER NOT NULL, -- that the order and its charges come to now, with tax
    refund_minor    INTEGER NOT NULL, -- that goes back
    PRIMARY KEY (order_id, number)
) STRICT, WITHOUT ROWID;

-- Changes that were asked for of an order, as they were answered.  Never altered.
CREATE TABLE change_answer (
    order_id       INTEGER NOT NULL REFERENCES orders,
    number         INTEGER NOT NULL, -- of the order's changes, from 1
    change_number  TEXT NOT NULL,    -- the customer's own; '': a person here changed it
    actor          TEXT NOT NULL,    -- who asked: partner id, or 'user:NAME'
    at_ms          INTEGER NOT NULL,
    verdict        TEXT NOT NULL CHECK (verdict IN ('taken', 'partly', 'refused', 'waits')),
    version_before INTEGER NOT NULL,
    version        INTEGER NOT NULL, -- since then; as before where nothing was taken
    currency       TEXT NOT NULL,
    net_before     INTEGER,          -- minor units; NULL, and so the next ones: it had, or has, no price
    tax_before     INTEGER,
    gross_before   INTEGER,
    net            INTEGER,
    tax            INTEGER,
    gross          INTEGER,
    PRIMARY KEY (order_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_answer_of_change ON change_answer(order_id, change_number) WHERE change_number <> '';
CREATE TABLE change_answer_item (
    order_id     INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    item         INTEGER NOT NULL, -- from 1
    kind         TEXT NOT NULL,    -- order_difference.h; '': a part that names no line of the order
    line         TEXT NOT NULL,    -- its number; '': of the whole order
    field        TEXT NOT NULL,    -- '': the line itself
    value_before TEXT NOT NULL,    -- '': it was absent
    value_after  TEXT NOT NULL,
    verdict      TEXT NOT NULL CHECK (verdict IN ('taken', 'refused', 'waits')),
    way          TEXT NOT NULL,    -- rules/modification.h; ''
    code         TEXT NOT NULL,    -- why, of the message catalogue; ''
    code_value   TEXT NOT NULL,    -- that it names; ''
    code_other   TEXT NOT NULL,    -- beside which it sets another; ''
    rule         TEXT NOT NULL,    -- which row decided, in words
    PRIMARY KEY (order_id, number, item)
) STRICT, WITHOUT ROWID;

-- Changes that wait for a person, or did: what was asked of them was answered 'waits'.
CREATE TABLE change_pending (
    order_id   INTEGER NOT NULL REFERENCES orders,
    number     INTEGER NOT NULL, -- of that answer
    request_id INTEGER NOT NULL REFERENCES change_request,
    since_ms   INTEGER NOT NULL,
    expires    INTEGER,          -- its last day; NULL: none
    state      TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'rejected', 'expired')),
    ended_ms   INTEGER,
    ended_by   TEXT,
    reason     TEXT NOT NULL,    -- of who decided; ''
    PRIMARY KEY (order_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_pending_open ON change_pending(order_id, expires) WHERE state = 'open';
CREATE INDEX change_pending_of_request ON change_pending(request_id);

-- What happened, with the time it happened and the time we learned it.  Never altered.
CREATE TABLE order_event (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders,
    version     INTEGER NOT NULL,
    event       TEXT NOT NULL,      -- order/lifecycle.h
    headline    TEXT NOT NULL,      -- of the order after it
    happened_ms INTEGER NOT NULL,
    known_ms    INTEGER NOT NULL,
    actor       TEXT NOT NULL,      -- partner id, 'user:NAME', or 'purser'
    interchange_id INTEGER REFERENCES interchange, -- the file that told us
    detail      TEXT NOT NULL       -- one sentence or JSON, by event
) STRICT;
CREATE INDEX order_event_of ON order_event(order_id);
CREATE INDEX order_event_known ON order_event(known_ms, order_id, event); -- what happened in a period, to which orders

-- What keeps an order from its approval, or from being released to the warehouse; it goes on when the last one has ended.
-- Few are open at any time.
CREATE TABLE order_hold (
    id         INTEGER PRIMARY KEY,
    order_id   INTEGER NOT NULL REFERENCES orders,
    version    INTEGER NOT NULL,  -- of the order when it was placed
    kind       TEXT NOT NULL CHECK (kind IN ('by-hand', 'credit', 'address', 'stock', 'price-difference', 'payment', 'change')),
    blocks     TEXT NOT NULL DEFAULT 'release' CHECK (blocks IN ('release', 'approval', 'both')), -- the step that waits for its end
    reason     TEXT NOT NULL,     -- as typed; of 'credit' its verdict, see rules/credit.h; of 'address' a code of the catalogue; of
                                  -- 'stock' the first product that there is not enough of, and how much; of
                                  -- 'price-difference' the first line, the price it expects and ours; of 'payment' how much is
                                  -- asked and the currency; of 'change' the number of the answer that waits
    trace      TEXT NOT NULL,     -- JSON: how that came about; '' of a person's
    since_ms   INTEGER NOT NULL,
    expires    INTEGER,           -- its last day; NULL: none
    placed_by  TEXT NOT NULL,     -- 'user:NAME', or 'purser'
    may_end    TEXT NOT NULL,     -- of 'by-hand': who alone may end it, beside whoever placed it: 'user:A | user:B'; '': anybody
    customer   TEXT NOT NULL DEFAULT '', -- of 'credit': whose limit it is
    seen       INTEGER NOT NULL DEFAULT 0, -- of 'stock': the list (master_version.id) that it was looked at by last
    how        TEXT CHECK (how IN ('resumed', 'expired', 'cleared', 'superseded', 'repriced', 'refused', 'cancelled')),
                                  -- it ended: a person ended it; its last day was over; its reason had gone; another of
                                  -- its kind took its place; the order got another price; the order was refused, or cancelled
    ended_ms   INTEGER,           -- NULL: it is open
    ended_by   TEXT,
    end_reason TEXT
) STRICT;
CREATE UNIQUE INDEX order_hold_open ON order_hold(order_id, kind) WHERE ended_ms IS NULL;
CREATE INDEX order_hold_expiring ON order_hold(expires) WHERE expires IS NOT NULL AND ended_ms IS NULL;
CREATE INDEX order_hold_of ON order_hold(order_id);
CREATE INDEX order_hold_credit ON order_hold(customer, order_id) WHERE kind = 'credit' AND ended_ms IS NULL;
CREATE INDEX order_hold_stock ON order_hold(seen, order_id) WHERE kind = 'stock' AND ended_ms IS NULL;

-- What was known of a customer when its orders that are held for credit were looked at last: they are looked at again
-- when something of it has changed.
CREATE TABLE credit_look (
    customer TEXT PRIMARY KEY,
    seen     TEXT NOT NULL -- lists in force and day, then its open orders: '5,7,20520,7|EUR 3 12000'
) STRICT, WITHOUT ROWID;

-- Somebody must decide about an order version, or has: a step of its approval.
CREATE TABLE approval (
    id            INTEGER PRIMARY KEY,
    order_id      INTEGER NOT NULL REFERENCES orders,
    version       INTEGER NOT NULL,
    step          INTEGER NOT NULL,   -- in sequence
    approvers     TEXT NOT NULL,      -- of the matrix, partner ids 'A | B'; who is asked is in approval_person
    roles         TEXT NOT NULL DEFAULT '',
    quorum        INTEGER NOT NULL DEFAULT -1, -- so many must approve; 0: all; -1: the first answer decides
    remind_hours  INTEGER NOT NULL DEFAULT -1, -- of working time, -1: never, and so the next two
    escalate_hours INTEGER NOT NULL DEFAULT -1,
    decide_hours  INTEGER NOT NULL DEFAULT -1,
    undecided     TEXT NOT NULL DEFAULT 'wait' CHECK (undecided IN ('wait', 'refuse', 'approve')),
    told          TEXT NOT NULL DEFAULT '',    -- partner ids
    amount_minor  INTEGER NOT NULL,   -- gross, that was compared
    limit_minor   INTEGER,            -- that it exceeds; NULL: none, it is asked for its prices alone
    discount_micros INTEGER NOT NULL DEFAULT 0, -- of what the lists give
    wait_reasons  INTEGER NOT NULL DEFAULT 0, -- what must be decided about its prices, a sum of: 1 the partner expects
                                      -- others, beyond the tolerance agreed with it; 2 a manual price goes further than its person may; 4 a line
                                      -- comes to less than its floor price or least margin
    currency      TEXT NOT NULL,
    shown         TEXT NOT NULL DEFAULT '', -- digest of the order version and its price, that a decision names
    trace         TEXT NOT NULL,      -- JSON, see rules/approve.h
    state         TEXT NOT NULL CHECK (state IN ('planned', 'open', 'approved', 'rejected', 'returned', 'withdrawn',
                                      'kept')),
                                      -- planned: its turn comes when the steps before it have approved
                                      -- returned: rejected, to be mended and sent again
                                      -- withdrawn: another version took the place of the one it was asked about
                                      -- kept: what was decided about an earlier version holds
    asked_ms      INTEGER,
    decided_ms    INTEGER,
    decided_by    TEXT,               -- who approved, 'A, B', rejected or returned; 'purser': time was up
    reason        TEXT,
    asked         INTEGER NOT NULL DEFAULT 0, -- persons; 0 of an open one: there is nobody to ask
    reminders     INTEGER NOT NULL DEFAULT 0, -- how many times was reminded
    escalated_ms  INTEGER,
    due_ms        INTEGER,            -- it is to be decided by then
    next_ms       INTEGER,            -- when its clock must be looked at again
    UNIQUE (order_id, version, step)
) STRICT;
CREATE INDEX approval_open ON approval(next_ms) WHERE state = 'open';
CREATE INDEX approval_unasked ON approval(id) WHERE state = 'open' AND asked = 0;

-- Who was asked in a step.  Persons of one slot stand for one another: one of them decides.
CREATE TABLE approval_person (
    approval_id INTEGER NOT NULL REFERENCES approval,
    ordinal     INTEGER NOT NULL,
    slot        INTEGER NOT NULL,
    named       TEXT NOT NULL,   -- by the matrix, or through a role
    person      TEXT NOT NULL,   -- partner id of who is asked
    authority   TEXT NOT NULL,   -- whose authority it decides by
    chosen      TEXT NOT NULL CHECK (chosen IN ('named', 'role', 'superior', 'stands-in', 'delegated', 'escalated')),
    chain       TEXT NOT NULL,   -- 'linwei -> zhouyan', the way from named to person; '' when they are one
    trace       TEXT NOT NULL,   -- JSON, see rules/routing.h
    asked_ms    INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'rejected', 'returned', 'delegated', 'withdrawn')),
                                 -- withdrawn: it was decided without this one
    decided_ms  INTEGER,         -- also of one that was withdrawn
    decided_by  TEXT,            -- who typed it, or the person
    reason      TEXT,
    PRIMARY KEY (approval_id, ordinal),
    UNIQUE (approval_id, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX approval_person_asked ON approval_person(person) WHERE state = 'asked';
CREATE INDEX approval_person_decided ON approval_person(decided_ms) WHERE decided_ms IS NOT NULL;

-- Decisions that were not taken: of somebody who was not asked, may not decide, or came too late.
CREATE TABLE approval_refused (
    id         INTEGER PRIMARY KEY,
    partner    TEXT NOT NULL,    -- of the order
    order_number TEXT NOT NULL,
    version    INTEGER NOT NULL, -- that it was about
    person     TEXT NOT NULL,    -- who tried
    verdict    TEXT NOT NULL,
    code       TEXT NOT NULL,    -- of the message catalogue: why not
    at_ms      INTEGER NOT NULL
) STRICT;
CREATE INDEX approval_refused_at ON approval_refused(at_ms);
CREATE INDEX approval_refused_of ON approval_refused(partner, order_number); -- the story of an order

-- Why a step asks: the conditions of its rule, see rules/approve.h.
CREATE TABLE approval_reason (
    approval_id INTEGER NOT NULL REFERENCES approval,
    ordinal     INTEGER NOT NULL,
    name        TEXT NOT NULL,
    value       TEXT NOT NULL,  -- of the order
    limit_text  TEXT NOT NULL,  -- of the rule
    PRIMARY KEY (approval_id, ordinal)
) STRICT, WITHOUT ROWID;

-- A decision as it came in, until the desk applies it.
CREATE TABLE decision (
    interchange_id INTEGER NOT NULL REFERENCES interchange,
    ordinal        INTEGER NOT NULL,
    partner        TEXT NOT NULL,  -- of the order
    order_number   TEXT NOT NULL,
    version        INTEGER NOT NULL,
    verdict        TEXT NOT NULL CHECK (verdict IN ('approve', 'reject', 'return', 'delegate')),
    reason         TEXT NOT NULL,
    delegate       TEXT NOT NULL DEFAULT '', -- to whom
    shown          TEXT NOT NULL DEFAULT '', -- digest of what was shown; '': the version stands for it
    strike         TEXT NOT NULL DEFAULT '', -- lines that are left out, 'A | B'
    line           INTEGER NOT NULL,
    PRIMARY KEY (interchange_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What left a warehouse, one row per parcel and order line, as the shipment file said.
CREATE TABLE shipment (
    id             INTEGER PRIMARY KEY,
    interchange_id INTEGER NOT NULL REFERENCES interchange,
    warehouse      TEXT NOT NULL,    -- partner id
    number         TEXT NOT NULL,    -- the warehouse's own
    partner        TEXT NOT NULL,    -- of the order, as the file said
    order_number   TEXT NOT NULL,
    order_id       INTEGER REFERENCES orders, -- set when the desk has matched it
    shipped_ms     INTEGER NOT NULL,
    carrier        TEXT NOT NULL,
    tracking       TEXT NOT NULL,
    load           TEXT NOT NULL DEFAULT '', -- shipments of one load travel together; '': alone
    over_micros    INTEGER NOT NULL DEFAULT 0, -- so much more than ordered, of it, was let through when it was matched
    line           INTEGER NOT NULL,
    UNIQUE (warehouse, number)
) STRICT;
CREATE INDEX shipment_of_interchange ON shipment(interchange_id);
CREATE INDEX shipment_of_order ON shipment(order_id) WHERE order_id IS NOT NULL;
CREATE INDEX shipment_tracked ON shipment(tracking) WHERE tracking <> '' AND order_id IS NOT NULL;

CREATE TABLE shipment_line (
    shipment_id     INTEGER NOT NULL REFERENCES shipment,
    ordinal         INTEGER NOT NULL,
    order_line      TEXT NOT NULL,   -- the partner's line number
    sku             TEXT NOT NULL,
    quantity_micros INTEGER NOT NULL,
    lot             TEXT NOT NULL DEFAULT '', -- 'A | B'
    serials         TEXT NOT NULL DEFAULT '', -- 'A | B', one for each unit; '': not said
    final           TEXT NOT NULL DEFAULT '' CHECK (final IN ('', 'yes', 'no')), -- 'yes': nothing more comes of the line
    is_closed       INTEGER NOT NULL DEFAULT 0, -- 1: the order line counts as complete since, though it is short
    line            INTEGER NOT NULL,
    PRIMARY KEY (shipment_id, ordinal)
) STRICT, WITHOUT ROWID;

-- A serial number leaves once.
CREATE TABLE shipment_serial (
    sku         TEXT NOT NULL,
    serial      TEXT NOT NULL,
    shipment_id INTEGER NOT NULL REFERENCES shipment,
    PRIMARY KEY (sku, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX shipment_serial_of ON shipment_serial(shipment_id);

-- What a shipment is invoiced at, and credit notes, which take back of an invoice.  Never altered.
CREATE TABLE invoice (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('invoice', 'credit-note', 'charge')), -- charge: of a cancellation
    year         INTEGER NOT NULL,
    sequence     INTEGER NOT NULL,    -- per kind and year, from 1, no gaps
    number       TEXT NOT NULL UNIQUE, -- 'INV-2026-000001'
    day          INTEGER NOT NULL,    -- that it was issued on, in the company's time zone
    due          INTEGER,             -- its last day to be paid; NULL of a credit note
    order_id     INTEGER NOT NULL REFERENCES orders,
    version      INTEGER NOT NULL,    -- of the order
    shipment_id  INTEGER UNIQUE REFERENCES shipment, -- of an invoice; NULL of a credit note
    corrects     INTEGER REFERENCES invoice,         -- the invoice that a credit note corrects
    customer     TEXT NOT NULL,       -- as priced
    currency     TEXT NOT NULL,
    includes_tax INTEGER NOT NULL,    -- the unit prices of its lines do: 1
    net_minor    INTEGER NOT NULL,    -- these are above 0 in a credit note too
    tax_minor    INTEGER NOT NULL,
    gross_minor  INTEGER NOT NULL,
    reason       TEXT NOT NULL,       -- of a credit note
    issued_by    TEXT NOT NULL,       -- 'purser', or 'user:NAME'
    issued_ms    INTEGER NOT NULL,
    UNIQUE (kind, year, sequence),
    CHECK ((kind = 'invoice') = (shipment_id IS NOT NULL) AND (kind = 'credit-note') = (corrects IS NOT NULL))
) STRICT;
CREATE INDEX invoice_of_order ON invoice(order_id);
CREATE INDEX invoice_corrected ON invoice(corrects) WHERE corrects IS NOT NULL;
CREATE INDEX invoice_issued ON invoice(issued_ms); -- those of a period

CREATE TABLE invoice_line (
    invoice_id       INTEGER NOT NULL REFERENCES invoice,
    ordinal          INTEGER NOT NULL, -- of the order line; 100000 + that of goods that are given; 200000 + that of which
                                       -- something is kept back: then amounts are below 0; 400000 + the part of order_freight;
                                       -- 500000 + a number, from 1: pieces of a part of a package that came back; 700000 + that
                                       -- number: kept back of it; 1000000 + the number of a charge
    number           TEXT NOT NULL,    -- of the order line; freight, freight.2; the clause of a charge
    sku              TEXT NOT NULL,
    unit             TEXT NOT NULL,
    quantity_micros  INTEGER NOT NULL, -- that left, or (credit note) is taken back; 0: an amount alone is
    uncharged_micros INTEGER NOT NULL, -- of it beyond the order and free of charge
    price_micros     INTEGER NOT NULL, -- per unit, before discount and promotions
    tax_rate_micros  INTEGER NOT NULL,
    net_minor        INTEGER NOT NULL,
    tax_minor        INTEGER NOT NULL,
    reduction_minor  INTEGER NOT NULL, -- by promotions, or by a discount that was asked for, before tax or with it as the prices are
    clause           TEXT NOT NULL,    -- by which something is kept back of a return, or goods that were given are claimed; ''
    package_ordinal  INTEGER NOT NULL, -- of parts of packages: the line of the package; else 0
    PRIMARY KEY (invoice_id, ordinal),
    CHECK (ordinal > 1000000 OR (ordinal BETWEEN 200001 AND 400000 OR ordinal BETWEEN 700001 AND 999999) = (clause <> '')),
    CHECK ((ordinal BETWEEN 500001 AND 999999) = (package_ordinal > 0))
) STRICT, WITHOUT ROWID;
-- The transport of a matched shipment by a carrier that the configuration knows; a shipment without a tracking number, or of
-- another carrier, has none.  Shipments that share a tracking number of a carrier (several orders in one box) have one row
-- each, with the same state.  What stands from `state` on follows from the carrier's events by rules/transport.h,
-- in whatever order they came.
CREATE TABLE parcel (
    shipment_id  INTEGER PRIMARY KEY REFERENCES shipment,
    order_id     INTEGER NOT NULL REFERENCES orders,
    carrier      TEXT NOT NULL,    -- partner id
    tracking     TEXT NOT NULL,    -- the carrier's number
    state        TEXT NOT NULL CHECK (state IN ('pending', 'info-received', 'in-transit', 'out-for-delivery', 'attempt-failed',
                                                'available-for-pickup', 'delivered', 'exception', 'expired')),
    rank         INTEGER NOT NULL, -- of the state: news of a lower one does not move it back
    cause        TEXT NOT NULL,    -- of an exception: 'customs', 'weather', 'address', 'refused', 'damaged', 'carrier'; ''
    since_ms     INTEGER NOT NULL, -- when it came into that state; before the first event: shipped
    last_ms      INTEGER NOT NULL, -- its latest scan; before the first event: shipped
    last_event_id INTEGER,         -- of transport_event, that it has its state from; NULL: none yet
    events       INTEGER NOT NULL, -- of its events those whose code is known
    first_eta_from_ms INTEGER,     -- as the carrier first expected it to arrive; NULL: not said.  Where a day begins: the date alone
    first_eta_to_ms INTEGER,
    eta_from_ms  INTEGER,          -- and as it last did
    eta_to_ms    INTEGER,
    delivered_ms INTEGER,          -- NULL: not yet
    signed_by    TEXT NOT NULL,    -- proof of delivery: who took it, and the carrier's reference
    proof        TEXT NOT NULL,
    is_final     INTEGER NOT NULL CHECK (is_final IN (0, 1)) -- 1: nothing more is expected of it
) STRICT;
CREATE INDEX parcel_tracked ON parcel(carrier, tracking);
CREATE INDEX parcel_of_order ON parcel(order_id);
CREATE INDEX parcel_silent ON parcel(last_ms) WHERE is_final = 0;

-- What carriers told, each event once.  What the carrier said is never altered; what stands from `state` on is what it means,
-- by the list of carrier codes that was in force when its code was first known, and what became of it.  Its parcels are those
-- of the same carrier and tracking number; it may come before them.
CREATE TABLE transport_event (
    id             INTEGER PRIMARY KEY,
    interchange_id INTEGER NOT NULL REFERENCES interchange, -- that brought it first
    line           INTEGER NOT NULL, -- where it stood there
    carrier        TEXT NOT NULL,    -- partner id of the sender
    tracking       TEXT NOT NULL,
    identity       TEXT NOT NULL,    -- '#' and its own id, or moment, code and place: what comes with the same one is the same
    code           TEXT NOT NULL,    -- the carrier's
    happened_ms    INTEGER NOT NULL,
    known_ms       INTEGER NOT NULL,
    place          TEXT NOT NULL,
    country        TEXT NOT NULL,
    region         TEXT NOT NULL,
    latitude_micros INTEGER,         -- degrees; NULL: not said
    longitude_micros INTEGER,
    text           TEXT NOT NULL,    -- the carrier's words
    eta_from_ms    INTEGER,          -- NULL: not said.  Where a day begins: the date alone
    eta_to_ms      INTEGER,
    signed_by      TEXT NOT NULL,
    proof          TEXT NOT NULL,
    state          TEXT NOT NULL DEFAULT '', -- as of a parcel; '' while the code is not known
    cause          TEXT NOT NULL DEFAULT '',
    label_en       TEXT NOT NULL DEFAULT '', -- the code in words
    label_zh       TEXT NOT NULL DEFAULT '',
    is_final       INTEGER NOT NULL DEFAULT 0 CHECK (is_final IN (0, 1)),
    verdict        TEXT NOT NULL DEFAULT 'read' CHECK (
                       verdict IN ('read', 'named', 'unmatched', 'unknown-code', 'applied', 'late', 'contradictory')),
                                     -- read: its file waits for the desk; named: its code has just become known (never left
                                     -- so); unmatched: no parcel has its number yet;
                                     -- the last three by rules/transport.h
    UNIQUE (carrier, tracking, identity)
) STRICT;
CREATE INDEX transport_event_of_interchange ON transport_event(interchange_id, tracking);
CREATE INDEX transport_event_named ON transport_event(carrier, tracking) WHERE verdict = 'named';
CREATE INDEX transport_event_unmatched ON transport_event(carrier, tracking) WHERE verdict = 'unmatched';
CREATE INDEX transport_event_unknown ON transport_event(carrier, code) WHERE verdict = 'unknown-code';
CREATE TRIGGER transport_event_is_final BEFORE UPDATE OF interchange_id, line, carrier, tracking, identity, code, happened_ms,
    known_ms, place, country, region, latitude_micros, longitude_micros, text, eta_from_ms, eta_to_ms, signed_by, proof
    ON transport_event
BEGIN
    SELECT raise(ABORT, 'what a carrier said is never altered');
END;

-- Money that came for orders, or went back, as finance says; each is true for good.
CREATE TABLE payment (
    id             INTEGER PRIMARY KEY,
    interchange_id INTEGER NOT NULL REFERENCES interchange,
    finance        TEXT NOT NULL,    -- partner id of who says so
    number         TEXT NOT NULL,    -- finance's own, never used twice
    kind           TEXT NOT NULL CHECK (kind IN ('payment', 'refund')),
    partner        TEXT NOT NULL,    -- of the order, as the file said
    order_number   TEXT NOT NULL,    -- '' when it names none
    invoice_number TEXT NOT NULL,    -- ''
    amount_minor   INTEGER NOT NULL CHECK (amount_minor > 0),
    currency       TEXT NOT NULL,
    paid_on        INTEGER NOT NULL, -- day
    payer          TEXT NOT NULL,    -- ''
    reference      TEXT NOT NULL,    -- as the payer wrote it; ''
    line           INTEGER NOT NULL,
    order_id       INTEGER REFERENCES orders, -- for which it counts; NULL: it is not allocated
    trouble        TEXT NOT NULL DEFAULT '' CHECK (trouble IN ('', 'order-unknown', 'no-order', 'currency', 'refund')),
                                     -- why it is not; '' also while the desk has not seen it.  no-order: it names none;
                                     -- currency: it is not the order's; refund: more than was paid
    assigned_by    TEXT,             -- who allocated it by hand: 'user:NAME'
    UNIQUE (finance, number)
) STRICT;
CREATE INDEX payment_of_interchange ON payment(interchange_id);
CREATE INDEX payment_of_order ON payment(order_id) WHERE order_id IS NOT NULL;
CREATE INDEX payment_numbered ON payment(number); -- a person names it
CREATE INDEX payment_unallocated ON payment(partner, order_number) WHERE order_id IS NULL;

-- What an order must be paid before its release, and what was: a row when something is asked, or money came.
CREATE TABLE order_payment (
    order_id       INTEGER PRIMARY KEY REFERENCES orders,
    currency       TEXT NOT NULL,    -- of all amounts
    required_minor INTEGER NOT NULL, -- before the release of the version that was approved last; 0: nothing
    enough_minor   INTEGER NOT NULL, -- so much counts as all of it
    paid_minor     INTEGER NOT NULL, -- sum of the payments that are allocated to it
    refunded_minor INTEGER NOT NULL, -- of them, that went back
    owed_minor     INTEGER NOT NULL  -- to the customer: what is above the gross; of a refused order all that is left
) STRICT;
CREATE INDEX order_payment_owed ON order_payment(order_id) WHERE owed_minor > 0;

-- For which orders payments counted, and when: ended where a payment ceases to count, never altered else, so that what was
-- on a day that is over can be told again.
CREATE TABLE payment_allocation (
    id         INTEGER PRIMARY KEY,
    payment_id INTEGER NOT NULL REFERENCES payment,
    order_id   INTEGER NOT NULL REFERENCES orders,
    from_ms    INTEGER NOT NULL, -- it counts from then on: when it was allocated, not before the day it was paid on
    until_ms   INTEGER           -- NULL: it does
) STRICT;
CREATE INDEX payment_allocation_of_payment ON payment_allocation(payment_id);
CREATE INDEX payment_allocation_of_order ON payment_allocation(order_id);
CREATE INDEX payment_allocation_from ON payment_allocation(from_ms);
CREATE INDEX payment_allocation_until ON payment_allocation(until_ms) WHERE until_ms IS NOT NULL;

-- What of an order is invoiced and not paid: a row from its first invoice or payment on, kept up with them by the triggers
-- below.  An order that is settled, and was when it moved last, is read by no report of a later day.
CREATE TABLE receivable (
    order_id   INTEGER NOT NULL REFERENCES orders,
    currency   TEXT NOT NULL,
    open_minor INTEGER NOT NULL, -- invoices - credit notes - payments + refunds; below 0: more is paid than invoiced
    moved_ms   INTEGER NOT NULL, -- when the last of them began, or ceased, to count
    PRIMARY KEY (order_id, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX receivable_open ON receivable(order_id) WHERE open_minor <> 0;
CREATE INDEX receivable_moved ON receivable(moved_ms);
CREATE TRIGGER invoice_is_receivable AFTER INSERT ON invoice
BEGIN
    INSERT INTO receivable (order_id, currency, open_minor, moved_ms)
    VALUES (new.order_id, new.currency, iif(new.kind = 'credit-note', -new.gross_minor, new.gross_minor), new.issued_ms)
    ON CONFLICT (order_id, currency)
    DO UPDATE SET open_minor = open_minor + excluded.open_minor, moved_ms = max(moved_ms, excluded.moved_ms);
END;
CREATE TRIGGER payment_is_received AFTER INSERT ON payment_allocation
BEGIN
    INSERT INTO receivable (order_id, currency, open_minor, moved_ms)
    SELECT new.order_id, currency, iif(kind = 'payment', -amount_minor, amount_minor), new.from_ms
    FROM payment WHERE id = new.payment_id
    ON CONFLICT (order_id, currency)
    DO UPDATE SET open_minor = open_minor + excluded.open_minor, moved_ms = max(moved_ms, excluded.moved_ms);
END;
CREATE TRIGGER payment_is_not_received AFTER UPDATE OF until_ms ON payment_allocation
BEGIN
    INSERT INTO receivable (order_id, currency, open_minor, moved_ms)
    SELECT new.order_id, currency, iif(kind = 'payment', amount_minor, -amount_minor), new.until_ms
    FROM payment WHERE id = new.payment_id
    ON CONFLICT (order_id, currency)
    DO UPDATE SET open_minor = open_minor + excluded.open_minor, moved_ms = max(moved_ms, excluded.moved_ms);
END;

-- What a warehouse has of a product.  (The list `stock`, which finance sends, is another thing: it serves companies
-- whose warehouses send no reports.)
CREATE TABLE stock_item (
    warehouse       TEXT NOT NULL,    -- partner id
    sku             TEXT NOT NULL,
    on_hand_micros  INTEGER NOT NULL, -- sum of effect_micros of its moves; below 0: more left than anybody had told of
    reserved_micros INTEGER NOT NULL, -- sum of its allocations from 'stock'
    counted_ms      INTEGER,          -- by the last full report; NULL: never
    PRIMARY KEY (warehouse, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_item_of ON stock_item(sku);
CREATE INDEX stock_item_below ON stock_item(on_hand_micros) WHERE on_hand_micros < 0;

-- How it came to be so much.  Never altered.
CREATE TABLE stock_move (
    id              INTEGER PRIMARY KEY,
    warehouse       TEXT NOT NULL,
    sku             TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('count', 'receipt', 'return', 'scrap', 'correction', 'transfer',
                                                  'shipment', 'production', 'consumption')),
    number          TEXT NOT NULL,    -- the warehouse's own, never used twice; '' of counts and of what we know otherwise
    quantity_micros INTEGER NOT NULL, -- as it was told: of a count what there is, of all others what came (or, below 0, went)
    effect_micros   INTEGER NOT NULL, -- what it changed: 0 of news from before the last count, which knew of it
    happened_ms     INTEGER NOT NULL,
    known_ms        INTEGER NOT NULL,
    reference       TEXT NOT NULL,    -- of a receipt that was planned; ''
    reason          TEXT NOT NULL,    -- in words; ''
    interchange_id  INTEGER REFERENCES interchange, -- that told us
    line            INTEGER NOT NULL,
    shipment_id     INTEGER REFERENCES shipment
) STRICT;
CREATE INDEX stock_move_of ON stock_move(warehouse, sku, happened_ms);
CREATE INDEX stock_move_known ON stock_move(known_ms);
CREATE INDEX stock_move_received ON stock_move(warehouse, sku, reference, happened_ms) WHERE reference <> '';
CREATE UNIQUE INDEX stock_move_number ON stock_move(warehouse, number) WHERE number <> '';
CREATE INDEX stock_move_of_interchange ON stock_move(interchange_id) WHERE interchange_id IS NOT NULL;
CREATE INDEX stock_move_of_shipment ON stock_move(shipment_id) WHERE shipment_id IS NOT NULL;

-- The full reports of a warehouse.
CREATE TABLE stock_place (
    warehouse   TEXT PRIMARY KEY, -- partner id
    reported_ms INTEGER NOT NULL, -- of the last one: an older one changes nothing
    counted_ms  INTEGER           -- of the last one without a mistake: what has no stock_item was not there then; NULL: none yet
) STRICT, WITHOUT ROWID;

-- Rows of stock reports on their way from the intake to the desk, which empties it.
CREATE TABLE stock_report (
    interchange_id  INTEGER NOT NULL REFERENCES interchange,
    ordinal         INTEGER NOT NULL, -- from 1, in the order of the file
    line            INTEGER NOT NULL,
    extent          TEXT NOT NULL CHECK (extent IN ('full', 'change', 'planned')), -- the same in all rows of a file
    sku             TEXT NOT NULL,
    quantity_micros INTEGER NOT NULL,
    unit            TEXT NOT NULL,    -- ''
    as_of_ms        INTEGER,          -- NULL: not said
    kind            TEXT NOT NULL,    -- of a change; ''
    number          TEXT NOT NULL,    -- of a change; ''
    reference       TEXT NOT NULL,    -- ''
    expected_on     INTEGER,          -- day; NULL: not said
    reason          TEXT NOT NULL,    -- ''
    PRIMARY KEY (interchange_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_report_of ON stock_report(interchange_id, sku);

-- What is to come to a warehouse.
CREATE TABLE stock_receipt (
    warehouse       TEXT NOT NULL,
    sku             TEXT NOT NULL,
    reference       TEXT NOT NULL,    -- of the purchase, as the warehouse writes it
    day             INTEGER NOT NULL, -- that it is expected on
    quantity_micros INTEGER NOT NULL, -- still to come, above 0
    reserved_micros INTEGER NOT NULL, -- sum of its allocations from 'receipt'
    told_ms         INTEGER,          -- receipts up to then were known to who planned it; NULL: all that came before it
    PRIMARY KEY (warehouse, sku, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_receipt_of ON stock_receipt(sku, day);

-- An approved order in line for stock, from its approval until the last of it has left (configuration: planning).
CREATE TABLE order_plan (
    order_id       INTEGER PRIMARY KEY REFERENCES orders,
    version        INTEGER NOT NULL,
    delivery       TEXT NOT NULL CHECK (delivery IN ('complete', 'backorder', 'cancel-rest')),
    class          INTEGER NOT NULL, -- of its customer: the least is served first
    worth_minor    INTEGER NOT NULL, -- its net in the company's currency; 0: there is no rate
    first_promised INTEGER,          -- the day that all of it was to arrive on, as first promised; NULL: never
    promised       INTEGER,          -- and as last; NULL: nobody can say
    is_due         INTEGER NOT NULL CHECK (is_due IN (0, 1)), -- 1: the next planning looks at it
    place          INTEGER           -- in the line of the planning that has begun, from 1; NULL: none has
) STRICT;
CREATE INDEX order_plan_due ON order_plan(order_id) WHERE is_due = 1;
CREATE INDEX order_plan_place ON order_plan(place) WHERE place IS NOT NULL;

-- What each line of such an order needs; a package's parts in its place, and goods that promotions give.
CREATE TABLE plan_line (
    order_id         INTEGER NOT NULL,
    ordinal          INTEGER NOT NULL, -- of the order line; 100000 + that of goods that are given
    part             INTEGER NOT NULL, -- of a package; 0: the line itself
    sku              TEXT NOT NULL,
    unit_micros      INTEGER NOT NULL, -- that one unit of the order line takes
    needed_micros    INTEGER NOT NULL, -- in the product's unit, and so all quantities here
    cancelled_micros INTEGER NOT NULL, -- of it: that never will be sent
    released_micros  INTEGER NOT NULL, -- of it: that a warehouse was told to send
    shipped_micros   INTEGER NOT NULL, -- of it: that has left
    ship_day         INTEGER,          -- the rest can leave then; NULL: nobody can say
    first_promised   INTEGER,          -- and arrive then: as first promised, and as last
    promised         INTEGER,
    trace            TEXT NOT NULL,    -- JSON: the reasons, see rules/promise.h
    PRIMARY KEY (order_id, ordinal, part)
) STRICT, WITHOUT ROWID;
-- (With the sum on the left SQLite would not find the index.)
CREATE INDEX plan_line_open ON plan_line(sku, order_id) WHERE needed_micros > released_micros + cancelled_micros;

-- What such a need takes, and of what.  It goes as goods leave.  (Another product than that of the need is a material of
-- what is made for it.)
CREATE TABLE allocation (
    order_id        INTEGER NOT NULL,
    ordinal         INTEGER NOT NULL,
    part            INTEGER NOT NULL,
    source          TEXT NOT NULL CHECK (source IN ('stock', 'receipt', 'make')),
    warehouse       TEXT NOT NULL,    -- that it leaves from
    reference       TEXT NOT NULL,    -- of a receipt; the plant (partner id) of what is made; ''
    sku             TEXT NOT NULL,
    is_firm         INTEGER NOT NULL CHECK (is_firm IN (0, 1)), -- released, or asked of the plant: nothing takes it away
    quantity_micros INTEGER NOT NULL, -- above 0
    day             INTEGER NOT NULL, -- that it is there
    start_day       INTEGER,          -- of 'make': the work begins then; NULL
    PRIMARY KEY (order_id, ordinal, part, source, warehouse, reference, sku, is_firm)
) STRICT, WITHOUT ROWID;
CREATE INDEX allocation_of_item ON allocation(sku, warehouse, source, reference);

-- What is made for such a need takes of the plant's days.  It goes with the allocation.
CREATE TABLE plan_load (
    order_id    INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    part        INTEGER NOT NULL,
    plant       TEXT NOT NULL,    -- partner id
    day         INTEGER NOT NULL,
    is_firm     INTEGER NOT NULL, -- as that
    load_micros INTEGER NOT NULL, -- above 0
    PRIMARY KEY (order_id, ordinal, part, plant, is_firm, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_load_of_plant ON plan_load(plant, day, load_micros);

-- Products of which there is more or less than before, and that orders wait for or have been promised: the next planning
-- looks at these orders.
CREATE TABLE planning_due (
    sku TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
-- A product that orders have been promised, or wait for: for itself, or for what is made of it.
CREATE VIEW planning_wanted AS
    SELECT sku, order_id FROM allocation
    UNION ALL
    SELECT sku, order_id FROM plan_line WHERE needed_micros > released_micros + cancelled_micros
    UNION ALL
    SELECT m.material AS sku, l.order_id
    FROM master_in_force AS f
    CROSS JOIN material AS m ON m.version_id = f.version_id
    CROSS JOIN plan_line AS l ON l.sku = m.sku AND l.needed_micros > l.released_micros + l.cancelled_micros
    WHERE f.master = 'materials';
CREATE TRIGGER stock_is_new AFTER INSERT ON stock_item
BEGIN
    INSERT INTO planning_due (sku) SELECT new.sku WHERE EXISTS (SELECT 1 FROM planning_wanted WHERE sku = new.sku)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER stock_has_changed AFTER UPDATE OF on_hand_micros ON stock_item
WHEN new.on_hand_micros <> old.on_hand_micros
BEGIN
    INSERT INTO planning_due (sku) SELECT new.sku WHERE EXISTS (SELECT 1 FROM planning_wanted WHERE sku = new.sku)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER receipt_is_new AFTER INSERT ON stock_receipt
BEGIN
    INSERT INTO planning_due (sku) SELECT new.sku WHERE EXISTS (SELECT 1 FROM planning_wanted WHERE sku = new.sku)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER receipt_has_changed AFTER UPDATE OF quantity_micros, day ON stock_receipt
BEGIN
    INSERT INTO planning_due (sku) SELECT new.sku WHERE EXISTS (SELECT 1 FROM planning_wanted WHERE sku = new.sku)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER receipt_is_gone AFTER DELETE ON stock_receipt
BEGIN
    INSERT INTO planning_due (sku) SELECT old.sku WHERE EXISTS (SELECT 1 FROM planning_wanted WHERE sku = old.sku)
    ON CONFLICT DO NOTHING;
END;

-- What a warehouse was told to send, and what it says of that.
CREATE TABLE warehouse_release (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders,
    number      INTEGER NOT NULL, -- of the order, from 1, over all its versions
    version     INTEGER NOT NULL, -- of the order
    warehouse   TEXT NOT NULL,
    is_whole    INTEGER NOT NULL CHECK (is_whole IN (0, 1)), -- of all lines, without lines of its own
    released_ms INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('sent', 'received', 'picking', 'packed', 'short', 'refused', 'shipped', 'stopped')),
    state_ms    INTEGER NOT NULL, -- since when
    told_ms     INTEGER,          -- of the news that the reason is from; NULL: nothing was told
    ship_day    INTEGER,          -- as the warehouse expects; NULL: not said
    ship_day_ms INTEGER,          -- of the news that it is from
    reason      TEXT NOT NULL,    -- of 'short' and 'refused', in the warehouse's words; ''
    UNIQUE (order_id, number)
) STRICT;
CREATE INDEX warehouse_release_stuck ON warehouse_release(state_ms) WHERE state IN ('short', 'refused');
CREATE INDEX warehouse_release_silent ON warehouse_release(released_ms) WHERE state = 'sent';
CREATE TABLE warehouse_release_line (
    release_id      INTEGER NOT NULL REFERENCES warehouse_release,
    ordinal         INTEGER NOT NULL, -- of the order line, or 100000 + that of goods that are given
    quantity_micros INTEGER NOT NULL, -- in the unit of that line
    PRIMARY KEY (release_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What a warehouse told of a release, news after news.
CREATE TABLE release_news (
    id              INTEGER PRIMARY KEY,
    interchange_id  INTEGER NOT NULL REFERENCES interchange, -- that brought it first
    line            INTEGER NOT NULL, -- where it stood there
    warehouse       TEXT NOT NULL,    -- partner id of the sender
    partner         TEXT NOT NULL,    -- these three as the warehouse wrote them
    order_number    TEXT NOT NULL,
    release         INTEGER NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('received', 'picking', 'packed', 'short', 'refused')),
    at_ms           INTEGER NOT NULL, -- when it became so
    ship_day        INTEGER,          -- NULL: not said
    order_line      TEXT NOT NULL,    -- of 'short': the line that is, else ''
    quantity_micros INTEGER,          -- of that line, that can be sent; NULL
    reason          TEXT NOT NULL,
    release_id      INTEGER REFERENCES warehouse_release, -- NULL: its file waits for the desk
    is_late         INTEGER NOT NULL DEFAULT 0 CHECK (is_late IN (0, 1)), -- the release was further on already
    UNIQUE (warehouse, partner, order_number, release, status, at_ms, order_line)
) STRICT;
CREATE INDEX release_news_of_interchange ON release_news(interchange_id);
CREATE INDEX release_news_of_release ON release_news(release_id, status) WHERE release_id IS NOT NULL;

-- What a plant was asked to make for a line of an order, and what it says of that.
CREATE TABLE production (
    id              INTEGER PRIMARY KEY,
    order_id        INTEGER NOT NULL REFERENCES orders,
    version         INTEGER NOT NULL,
    ordinal         INTEGER NOT NULL,
    part            INTEGER NOT NULL,
    plant           TEXT NOT NULL,    -- partner id
    number          INTEGER NOT NULL, -- per plant, from 1, no gaps: the plant names it so
    warehouse       TEXT NOT NULL,    -- partner id: where its materials lie, and to which its product goes
    asked_ms        INTEGER NOT NULL,
    sku             TEXT NOT NULL,
    quantity_micros INTEGER NOT NULL,
    done_micros     INTEGER NOT NULL, -- of it; it has gone to the warehouse
    start_day       INTEGER NOT NULL, -- as planned
    finish_day      INTEGER NOT NULL, -- as planned
    expected_day    INTEGER,          -- as the plant says; NULL: not said
    expected_ms     INTEGER,          -- of the news that it is from
    state           TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'started', 'late', 'done', 'refused', 'stopped')),
    state_ms        INTEGER NOT NULL, -- since when
    told_ms         INTEGER,          -- of the news that cause and reason are from; NULL: nothing was told
    cause           TEXT NOT NULL CHECK (cause IN ('', 'material', 'equipment', 'staff', 'quality', 'other')), -- of late and refused
    cost_minor      INTEGER,          -- so far, in the company's currency; NULL: not said
    cost_ms         INTEGER,          -- of the news that it is from
    reason          TEXT NOT NULL,    -- in the plant's words; ''
    UNIQUE (plant, number)
) STRICT;
CREATE INDEX production_of_order ON production(order_id);
CREATE INDEX production_open ON production(plant, finish_day) WHERE state NOT IN ('done', 'refused', 'stopped');
CREATE INDEX production_stuck ON production(state_ms) WHERE state IN ('late', 'refused');

-- What a unit of it takes: the list of materials as it was when the plant was asked.
CREATE TABLE production_material (
    production_id   INTEGER NOT NULL REFERENCES production,
    material        TEXT NOT NULL,    -- SKU
    quantity_micros INTEGER NOT NULL,
    PRIMARY KEY (production_id, material)
) STRICT, WITHOUT ROWID;

-- What a warehouse or a plant was told to stop, or somebody to send elsewhere, and what was answered.
CREATE TABLE stop_notice (
    id              INTEGER PRIMARY KEY,
    partner         TEXT NOT NULL,    -- who is told
    number          INTEGER NOT NULL, -- per partner, from 1, no gaps: it names it so
    action          TEXT NOT NULL CHECK (action IN ('stop', 'redirect')),
    order_id        INTEGER NOT NULL REFERENCES orders,
    version         INTEGER NOT NULL,
    cancellation_id INTEGER REFERENCES cancellation, -- that waits for the answer; NULL of 'redirect'
    release_id      INTEGER REFERENCES warehouse_release, -- what is to be stopped: one of these
    production_id   INTEGER REFERENCES production,
    shipment_id     INTEGER REFERENCES shipment, -- what is to go elsewhere; NULL
    content         TEXT NOT NULL,    -- of 'redirect' the address, JSON; ''
    state           TEXT NOT NULL CHECK (state IN ('asked', 'stopped', 'partly', 'too-late', 'done', 'refused')),
                                      -- stopped: all of it; partly: some of it; too late: nothing; the last two of 'redirect'
    asked_ms        INTEGER NOT NULL,
    state_ms        INTEGER NOT NULL, -- since when
    reminders       INTEGER NOT NULL, -- so many were sent
    next_ms         INTEGER,          -- the next is due then; NULL: it is answered, or nobody is reminded any more
    cost_minor      INTEGER,          -- so far, in the company's currency, as it was answered; NULL: not said
    reason          TEXT NOT NULL,    -- in its words; ''
    UNIQUE (partner, number)
) STRICT;
CREATE INDEX stop_notice_due ON stop_notice(next_ms) WHERE next_ms IS NOT NULL;
CREATE INDEX stop_notice_asked ON stop_notice(asked_ms) WHERE state = 'asked';
CREATE INDEX stop_notice_of_order ON stop_notice(order_id);
CREATE INDEX stop_notice_of_cancellation ON stop_notice(cancellation_id) WHERE cancellation_id IS NOT NULL;
CREATE INDEX stop_notice_of_shipment ON stop_notice(shipment_id) WHERE shipment_id IS NOT NULL;
CREATE TABLE stop_notice_line (
    notice_id       INTEGER NOT NULL REFERENCES stop_notice,
    ordinal         INTEGER NOT NULL, -- of the order line; 100000 + that of goods that are given
    quantity_micros INTEGER NOT NULL, -- to be stopped, in the unit of the line
    gone_micros     INTEGER NOT NULL DEFAULT 0, -- of it: that left before it was answered
    stopped_micros  INTEGER,          -- of it; NULL: not answered
    PRIMARY KEY (notice_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What a customer wants to send back, as it was decided: a row for each request that was taken.
CREATE TABLE return_authorisation (
    id             INTEGER PRIMARY KEY,
    order_id       INTEGER NOT NULL REFERENCES orders,
    version        INTEGER NOT NULL, -- of the order, whose lines it names
    request        TEXT NOT NULL,    -- the customer's own number of it
    year           INTEGER,          -- these three NULL until it is authorised, and of one that is refused
    sequence       INTEGER,          -- per year, from 1, no gaps
    number         TEXT UNIQUE,      -- 'RMA-2026-000001'
    state          TEXT NOT NULL CHECK (state IN ('asked', 'authorised', 'refused', 'received', 'expired')),
                                     -- asked: a person must decide; received: all of it has come back
    asked_ms       INTEGER NOT NULL,
    decided_ms     INTEGER,          -- authorised or refused; NULL: not yet
    decided_by     TEXT NOT NULL,    -- 'purser', 'user:NAME'; ''
    reason         TEXT NOT NULL,    -- that a person gave; ''
    expires        INTEGER,          -- last day to send it; NULL: not authorised
    warehouse      TEXT NOT NULL,    -- partner id: where to send it
    freight        TEXT NOT NULL CHECK (freight IN ('customer', 'company')), -- who pays it
    settled        TEXT NOT NULL DEFAULT '', -- why what waited of it is, or is not, refunded, in a person's words; ''
    interchange_id INTEGER REFERENCES interchange, -- that asked; NULL: a person did
    UNIQUE (order_id, request),
    UNIQUE (year, sequence),
    CHECK ((state IN ('authorised', 'received', 'expired')) = (number IS NOT NULL)
           AND (number IS NULL) = (sequence IS NULL) AND (number IS NULL) = (expires IS NULL))
) STRICT;
CREATE INDEX return_authorisation_expiring ON return_authorisation(expires) WHERE state = 'authorised';
CREATE INDEX return_authorisation_asked ON return_authorisation(asked_ms) WHERE state = 'asked';

CREATE TABLE return_line (
    return_id       INTEGER NOT NULL REFERENCES return_authorisation,
    ordinal         INTEGER NOT NULL, -- from 1, as they were asked for
    order_ordinal   INTEGER NOT NULL, -- of the order line; 100000 + that of goods that are given
    number          TEXT NOT NULL,    -- of the order line
    sku             TEXT NOT NULL,
    unit            TEXT NOT NULL,
    quantity_micros INTEGER NOT NULL CHECK (quantity_micros > 0), -- in the unit of the line
    received_micros INTEGER NOT NULL DEFAULT 0, -- of it, that came back
    reason          TEXT NOT NULL CHECK (reason IN ('not-wanted', 'damaged', 'wrong-item', 'defective', 'too-late', 'other')),
    wish            TEXT NOT NULL CHECK (wish IN ('refund', 'exchange')),
    exchange_sku    TEXT NOT NULL,    -- '': the same again
    serials         TEXT NOT NULL,    -- 'A | B'; ''
    verdict         TEXT NOT NULL CHECK (verdict IN ('allow', 'ask', 'refuse')),
    clause          TEXT NOT NULL,    -- of the policy that decided
    why             TEXT NOT NULL CHECK (why IN ('clause', 'not-left', 'late', 'no-exchange', 'no-refund', 'gift', 'opened', 'person')),
    text_en         TEXT NOT NULL,    -- the same in a sentence
    text_zh         TEXT NOT NULL,
    dispositions    TEXT NOT NULL,    -- what becomes of it by condition, new, opened, damaged, wrong-item: 'restock | restock | scrap | restock'
    fees            TEXT NOT NULL,    -- what is kept back, likewise: 'none | percent 100000 | fixed 5000000 | none', in millionths
    gifts           TEXT NOT NULL CHECK (gifts IN ('value', 'back', 'keep')), -- that promotions gave for it
    package         TEXT NOT NULL,    -- of a part of a package: SKU of the package, and above are SKU, unit and quantity of the
                                      -- part; '': whole units of the order line
    per_micros      INTEGER NOT NULL, -- so much of the part is in one unit of the order line; 0: whole units
    PRIMARY KEY (return_id, ordinal),
    CHECK ((package <> '') = (per_micros > 0))
) STRICT, WITHOUT ROWID;
CREATE INDEX return_line_pending ON return_line(return_id) WHERE verdict = 'ask';

-- What came back, line by line of the warehouses' receipts.  The goods are in the ledger of stock under the receipt's number.
CREATE TABLE return_taken (
    id              INTEGER PRIMARY KEY,
    return_id       INTEGER NOT NULL REFERENCES return_authorisation,
    ordinal         INTEGER NOT NULL, -- of return_line
    warehouse       TEXT NOT NULL,    -- partner id
    receipt         TEXT NOT NULL,    -- the warehouse's number of it
    happened_ms     INTEGER NOT NULL,
    known_ms        INTEGER NOT NULL,
    condition       TEXT NOT NULL CHECK (condition IN ('new', 'opened', 'damaged', 'wrong-item')),
    quantity_micros INTEGER NOT NULL CHECK (quantity_micros > 0),
    disposition     TEXT NOT NULL CHECK (disposition IN ('restock', 'refurbish', 'scrap')),
    waits           TEXT NOT NULL CHECK (waits IN ('', 'expired', 'excess', 'refused')),
                                      -- why a person must say whether it is refunded; '': it was; 'refused': it is not
    serials         TEXT NOT NULL,    -- 'A | B'; ''
    lot             TEXT NOT NULL,
    reason          TEXT NOT NULL,    -- in the warehouse's words; ''
    refund_minor    INTEGER NOT NULL, -- with tax: what these units paid, in the order's currency; 0 while it waits
    fee_minor       INTEGER NOT NULL, -- with tax, of it, that is kept back
    unbilled_minor  INTEGER NOT NULL, -- of the rest, that no credit note says: the order was never invoiced
    decided_ms      INTEGER,          -- when it was decided that it is refunded, or is not; NULL: it waits
    interchange_id  INTEGER REFERENCES interchange
) STRICT;
CREATE INDEX return_taken_of ON return_taken(return_id);
CREATE INDEX return_taken_waiting ON return_taken(id) WHERE waits IN ('expired', 'excess');
CREATE INDEX return_taken_decided ON return_taken(decided_ms) WHERE decided_ms IS NOT NULL;
CREATE INDEX return_taken_receipt ON return_taken(warehouse, receipt);
-- Units of packages of which parts came back and were refunded, in the sequence in which they were opened: the k-th piece of a
-- part is of the unit that k pieces fill.  What a unit paid stands here, so that its parts add up to it whatever comes between.
CREATE TABLE return_unit (
    order_id   INTEGER NOT NULL REFERENCES orders,
    ordinal    INTEGER NOT NULL, -- of the order line
    unit       INTEGER NOT NULL, -- from 1
    invoice_id INTEGER REFERENCES invoice, -- that it was charged by; NULL: the order was never invoiced, or it left free of charge
    net_minor  INTEGER NOT NULL, -- what it paid
    tax_minor  INTEGER NOT NULL,
    is_sold    INTEGER NOT NULL, -- 0: it left beyond the order, and the ledger of sales does not know it
    sold_list_minor INTEGER NOT NULL, -- what it has in the ledger of sales
    sold_net_minor  INTEGER NOT NULL,
    sold_tax_minor  INTEGER NOT NULL,
    sold_cost_minor INTEGER,     -- NULL: not known
    is_back    INTEGER NOT NULL DEFAULT 0, -- 1: all its parts came back, and it is sold no more
    PRIMARY KEY (order_id, ordinal, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX return_unit_charged ON return_unit(invoice_id, ordinal) WHERE invoice_id IS NOT NULL;

-- The credit notes that followed.
CREATE TABLE return_credit (
    return_id  INTEGER NOT NULL REFERENCES return_authorisation,
    invoice_id INTEGER NOT NULL UNIQUE REFERENCES invoice,
    PRIMARY KEY (return_id, invoice_id)
) STRICT, WITHOUT ROWID;

-- What is kept of refunds for goods that promotions gave, that stay, and that the promotions give no more for what stays of the
-- order; below 0: given back, for they came too.  Never altered.
CREATE TABLE return_gift (
    return_id   INTEGER NOT NULL REFERENCES return_authorisation,
    sequence    INTEGER NOT NULL, -- of the return, from 1
    ordinal     INTEGER NOT NULL, -- of the goods: 100000 + that of order_free_line
    invoice_id  INTEGER REFERENCES invoice, -- whose credit note keeps it; NULL: the order was never invoiced
    stay_micros INTEGER NOT NULL, -- so many stay since then without being earned
    net_minor   INTEGER NOT NULL,
    tax_minor   INTEGER NOT NULL,
    clause      TEXT NOT NULL,    -- of the return policy
    known_ms    INTEGER NOT NULL,
    text_en     TEXT NOT NULL,    -- how it was computed
    text_zh     TEXT NOT NULL,
    PRIMARY KEY (return_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER return_gift_is_final BEFORE UPDATE ON return_gift
BEGIN
    SELECT raise(ABORT, 'what was kept for gifts is never altered');
END;

-- Orders that we made to send something in place of what came back.
CREATE TABLE order_exchange (
    order_id  INTEGER PRIMARY KEY REFERENCES orders,
    return_id INTEGER NOT NULL REFERENCES return_authorisation -- of the first order
) STRICT;
CREATE INDEX order_exchange_of ON order_exchange(return_id);

-- What a plant told of it, news after news.
CREATE TABLE production_news (
    id             INTEGER PRIMARY KEY,
    interchange_id INTEGER NOT NULL REFERENCES interchange, -- that brought it first
    line           INTEGER NOT NULL, -- where it stood there
    plant          TEXT NOT NULL,    -- partner id of the sender
    number         INTEGER NOT NULL, -- as the plant wrote it
    status         TEXT NOT NULL CHECK (status IN ('accepted', 'started', 'late', 'done', 'refused', 'stopped')),
    at_ms          INTEGER NOT NULL, -- when it became so
    done_micros    INTEGER,          -- so far; NULL: not said
    expected_day   INTEGER,          -- NULL: not said
    cause          TEXT NOT NULL,
    cost_micros    INTEGER,          -- so far; NULL: not said
    currency       TEXT NOT NULL,    -- of it, as the plant wrote it
    reason         TEXT NOT NULL,
    production_id  INTEGER REFERENCES production, -- NULL: its file waits for the desk
    is_late        INTEGER NOT NULL DEFAULT 0 CHECK (is_late IN (0, 1)), -- the plant was further on already
    UNIQUE (plant, number, status, at_ms)
) STRICT;
CREATE INDEX production_news_of_interchange ON production_news(interchange_id);
CREATE INDEX production_news_of_production ON production_news(production_id, status) WHERE production_id IS NOT NULL;

-- What customers ask for after they have ordered, and what warehouses, plants and carriers say of it, as their files said.
-- A request is refused by the desk together with its row, so that its number may come again.  What the customer wants of an
-- order is used once for its number; the same content again is known by its digest.
CREATE TABLE change_request (
    id             INTEGER PRIMARY KEY,
    interchange_id INTEGER REFERENCES interchange, -- NULL: a person here asked for it
    partner        TEXT NOT NULL,    -- who asks
    order_number   TEXT NOT NULL,    -- its own
    number         TEXT NOT NULL,    -- its own number of the change; 'purser/N': of a person here, who needs none
    sha256         TEXT NOT NULL,    -- order_change_digest
    version        INTEGER NOT NULL, -- of the order, that it knows; 0: not said
    reason         TEXT NOT NULL,
    requested_from INTEGER,          -- these two NULL: as they are
    requested_to   INTEGER,
    terms          TEXT NOT NULL,    -- of payment; '': as they are
    order_id       INTEGER REFERENCES orders, -- set when the desk has taken it
    line           INTEGER NOT NULL, -- where it stood in its file
    UNIQUE (partner, order_number, number)
) STRICT;
CREATE INDEX change_request_of_interchange ON change_request(interchange_id);
CREATE INDEX change_request_of_order ON change_request(order_id) WHERE order_id IS NOT NULL;

CREATE TABLE change_request_line (
    request_id            INTEGER NOT NULL REFERENCES change_request,
    ordinal               INTEGER NOT NULL, -- from 1
    action                TEXT NOT NULL CHECK (action IN ('set', 'add', 'remove')),
    number                TEXT NOT NULL,    -- of the order line
    sku                   TEXT NOT NULL,    -- of 'set': what is '' or NULL stays as it is
    description           TEXT NOT NULL,
    quantity_micros       INTEGER,          -- the new one, not the difference
    unit                  TEXT NOT NULL,
    expected_price_micros INTEGER,
    manual_price_micros   INTEGER,          -- as in order_line
    manual_discount_micros INTEGER,         -- likewise; 0 ends one
    manual_reason         TEXT NOT NULL,
    manual_person         TEXT NOT NULL,
    requested_from        INTEGER,
    requested_to          INTEGER,
    options               TEXT,             -- JSON object, in place of all it has; NULL: they stay
    line                  INTEGER NOT NULL, -- where it stood in its file
    column                INTEGER NOT NULL,
    PRIMARY KEY (request_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE change_request_note (
    request_id INTEGER NOT NULL REFERENCES change_request,
    ordinal    INTEGER NOT NULL, -- from 1
    order_line TEXT NOT NULL,    -- number of the order line; '': the whole order
    kind       TEXT NOT NULL CHECK (kind IN ('delivery', 'packaging', 'gift', 'internal')),
    text       TEXT NOT NULL,    -- in place of those of its kind; '': they go
    PRIMARY KEY (request_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Where the goods are to go instead: takes the place of the whole address.
CREATE TABLE change_request_ship_to (
    request_id  INTEGER PRIMARY KEY REFERENCES change_request,
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    contact     TEXT NOT NULL,
    phone       TEXT NOT NULL,
    email       TEXT NOT NULL,
    country     TEXT NOT NULL,
    region      TEXT NOT NULL,
    city        TEXT NOT NULL,
    district    TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    street      TEXT NOT NULL,
    street2     TEXT NOT NULL
) STRICT;

CREATE TABLE cancel_request (
    id             INTEGER PRIMARY KEY,
    interchange_id INTEGER NOT NULL REFERENCES interchange,
    partner        TEXT NOT NULL,    -- who asks
    order_number   TEXT NOT NULL,    -- its own
    number         TEXT NOT NULL,    -- its own number of the cancellation
    sha256         TEXT NOT NULL,    -- order_cancellation_digest
    version        INTEGER NOT NULL, -- of the order, that it knows; 0: not said
    reason         TEXT NOT NULL CHECK (reason IN ('', 'not-needed', 'mistake', 'too-late', 'price', 'other')),
    text           TEXT NOT NULL,
    order_id       INTEGER REFERENCES orders, -- set when the desk has taken it
    line           INTEGER NOT NULL, -- where it stood in its file
    UNIQUE (partner, order_number, number)
) STRICT;
CREATE INDEX cancel_request_of_interchange ON cancel_request(interchange_id);
CREATE INDEX cancel_request_of_order ON cancel_request(order_id) WHERE order_id IS NOT NULL;

-- Without lines all of the order is meant that has not left.
CREATE TABLE cancel_request_line (
    request_id      INTEGER NOT NULL REFERENCES cancel_request,
    ordinal         INTEGER NOT NULL, -- from 1
    number          TEXT NOT NULL,    -- of the order line
    quantity_micros INTEGER,          -- NULL: all of it that has not left
    line            INTEGER NOT NULL, -- where it stood in its file
    PRIMARY KEY (request_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What was said of a stop notice, answer after answer.
CREATE TABLE stop_answer (
    id              INTEGER PRIMARY KEY,
    interchange_id  INTEGER NOT NULL REFERENCES interchange, -- that brought it first
    partner         TEXT NOT NULL,    -- who answers
    number          INTEGER NOT NULL, -- of the notice
    status          TEXT NOT NULL CHECK (status IN ('stopped', 'partly', 'too-late', 'done', 'refused')),
    order_line      TEXT NOT NULL,    -- of 'partly': of which line; ''
    quantity_micros INTEGER,          -- of 'partly': that is stopped of it; NULL
    at_ms           INTEGER,          -- when it became so; NULL: not said
    cost_micros     INTEGER,          -- so far; NULL: not said
    currency        TEXT NOT NULL,    -- of it; ''
    reason          TEXT NOT NULL,
    notice_id       INTEGER REFERENCES stop_notice, -- NULL: its file waits for the desk
    line            INTEGER NOT NULL  -- where it stood in its file
) STRICT;
CREATE UNIQUE INDEX stop_answer_once ON stop_answer(partner, number, status, order_line, coalesce(at_ms, 0));
CREATE INDEX stop_answer_of_interchange ON stop_answer(interchange_id);
CREATE INDEX stop_answer_of_notice ON stop_answer(notice_id) WHERE notice_id IS NOT NULL;

CREATE TABLE return_request (
    id             INTEGER PRIMARY KEY,
    interchange_id INTEGER NOT NULL REFERENCES interchange,
    partner        TEXT NOT NULL,    -- who asks
    order_number   TEXT NOT NULL,    -- its own
    number         TEXT NOT NULL,    -- its own number of the return
    sha256         TEXT NOT NULL,    -- return_request_digest
    order_id       INTEGER REFERENCES orders, -- set when the desk has taken it
    line           INTEGER NOT NULL, -- where it stood in its file
    UNIQUE (partner, order_number, number)
) STRICT;
CREATE INDEX return_request_of_interchange ON return_request(interchange_id);
CREATE INDEX return_request_of_order ON return_request(order_id) WHERE order_id IS NOT NULL;

CREATE TABLE return_request_line (
    request_id      INTEGER NOT NULL REFERENCES return_request,
    ordinal         INTEGER NOT NULL, -- from 1
    number          TEXT NOT NULL,    -- of the order line
    part            TEXT NOT NULL,    -- SKU of the part of a package that is meant; '': whole units
    quantity_micros INTEGER NOT NULL,
    reason          TEXT NOT NULL CHECK (reason IN ('not-wanted', 'damaged', 'wrong-item', 'defective', 'too-late', 'other')),
    wish            TEXT NOT NULL CHECK (wish IN ('', 'refund', 'exchange')), -- '': a refund
    exchange_sku    TEXT NOT NULL,    -- of an exchange; '': the same again
    serials         TEXT NOT NULL,    -- 'A | B'; ''
    text            TEXT NOT NULL,
    line            INTEGER NOT NULL, -- where it stood in its file
    PRIMARY KEY (request_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE return_receipt (
    id             INTEGER PRIMARY KEY,
    interchange_id INTEGER NOT NULL REFERENCES interchange,
    warehouse      TEXT NOT NULL,    -- partner id
    number         TEXT NOT NULL,    -- the warehouse's own
    sha256         TEXT NOT NULL,    -- return_receipt_digest
    authorisation  TEXT NOT NULL,    -- our number of it: 'RMA-2026-000001'
    at_ms          INTEGER NOT NULL, -- when it came back
    order_id       INTEGER REFERENCES orders, -- set when the desk has taken it
    line           INTEGER NOT NULL, -- where it stood in its file
    UNIQUE (warehouse, number)
) STRICT;
CREATE INDEX return_receipt_of_interchange ON return_receipt(interchange_id);
CREATE INDEX return_receipt_of_order ON return_receipt(order_id) WHERE order_id IS NOT NULL;

CREATE TABLE return_receipt_line (
    receipt_id      INTEGER NOT NULL REFERENCES return_receipt,
    ordinal         INTEGER NOT NULL, -- from 1
    order_line      TEXT NOT NULL,    -- the order's line number
    sku             TEXT NOT NULL,    -- ''; else it must be that of the order line
    quantity_micros INTEGER NOT NULL,
    condition       TEXT NOT NULL CHECK (condition IN ('new', 'opened', 'damaged', 'wrong-item')),
    lot             TEXT NOT NULL,
    serials         TEXT NOT NULL,    -- 'A | B'; ''
    reason          TEXT NOT NULL,
    line            INTEGER NOT NULL, -- where it stood in its file
    PRIMARY KEY (receipt_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Master data.  A file replaces its whole table: it makes the next version, which is put in force in one
-- transaction, or none.  Orders remember which versions priced them.
CREATE TABLE master_version (
    id             INTEGER PRIMARY KEY,
    master         TEXT NOT NULL,     -- 'customers', 'prices', ...: master kinds of order/document_kind.h
    number         INTEGER NOT NULL,  -- from 1 per master
    interchange_id INTEGER NOT NULL REFERENCES interchange,
    rows           INTEGER NOT NULL,
    in_force_ms    INTEGER,           -- NULL: not (yet)
    UNIQUE (master, number)
) STRICT;
CREATE INDEX master_version_of ON master_version(interchange_id);
CREATE TABLE master_in_force (
    master     TEXT PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES master_version
) STRICT, WITHOUT ROWID;

-- Another list of where products come from may have what nobody could promise by the one before.
CREATE TRIGGER list_is_new AFTER INSERT ON master_in_force
WHEN new.master IN ('supply', 'materials', 'plants')
BEGIN
    UPDATE order_plan SET is_due = 1
    WHERE order_id IN (SELECT order_id FROM plan_line
                       WHERE needed_micros > released_micros + cancelled_micros AND ship_day IS NULL);
END;
CREATE TRIGGER list_has_changed AFTER UPDATE ON master_in_force
WHEN new.master IN ('supply', 'materials', 'plants')
BEGIN
    UPDATE order_plan SET is_due = 1
    WHERE order_id IN (SELECT order_id FROM plan_line
                       WHERE needed_micros > released_micros + cancelled_micros AND ship_day IS NULL);
END;

-- Orders priced again under tables that are not in force (`purser rule backtest`): empty but within that transaction,
-- which is undone.
CREATE TABLE backtest_sum (
    kind         TEXT NOT NULL CHECK (kind IN ('total', 'customer', 'product', 'rule', 'asked', 'approver')),
    what         TEXT NOT NULL,    -- of a rule: 'customer', 'group', 'channel', 'base', 'package', 'manual', 'promotion';
                                   -- of an approver: the step
    name         TEXT NOT NULL,    -- customer, SKU, holder of the price list, promotion; '' of a total; approver
    currency     TEXT NOT NULL,
    before_count INTEGER NOT NULL, -- orders, of products and rules lines; orders that are asked about
    before_minor INTEGER NOT NULL, -- net, as they were booked
    after_count  INTEGER NOT NULL,
    after_minor  INTEGER NOT NULL,
    PRIMARY KEY (kind, what, name, currency)
) STRICT, WITHOUT ROWID;
CREATE TABLE backtest_unpriced (   -- orders that would have no price any more
    order_date   INTEGER NOT NULL,
    partner      TEXT NOT NULL,
    number       TEXT NOT NULL,
    customer     TEXT NOT NULL,
    currency     TEXT NOT NULL,
    before_minor INTEGER NOT NULL,
    code         TEXT NOT NULL,    -- the finding that says why, as in the table finding
    line_number  TEXT NOT NULL,
    field        TEXT NOT NULL,
    value        TEXT NOT NULL,
    expected     TEXT NOT NULL,
    hint         TEXT NOT NULL,
    PRIMARY KEY (order_date, partner, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE backtest_asked (      -- orders about which others would be asked
    order_date   INTEGER NOT NULL,
    partner      TEXT NOT NULL,
    number       TEXT NOT NULL,
    customer     TEXT NOT NULL,
    currency     TEXT NOT NULL,
    gross_minor  INTEGER NOT NULL,
    before       TEXT NOT NULL,    -- rules/approve_steps.h
    after        TEXT NOT NULL,
    PRIMARY KEY (order_date, partner, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE backtest_day (        -- as customer_day, by the tables in force and by the new ones
    is_after     INTEGER NOT NULL,
    customer     TEXT NOT NULL,
    day          INTEGER NOT NULL,
    currency     TEXT NOT NULL,
    orders       INTEGER NOT NULL,
    net_minor    INTEGER NOT NULL,
    gross_minor  INTEGER NOT NULL,
    PRIMARY KEY (is_after, customer, day, currency)
) STRICT, WITHOUT ROWID;

-- A version that would move prices further than limits.price-move-max allows waits here until a person has looked at it;
-- what was in force stays in force.
CREATE TABLE master_hold (
    interchange_id INTEGER PRIMARY KEY REFERENCES interchange, -- that brought it
    master      TEXT NOT NULL,
    held_ms     INTEGER NOT NULL,
    verdict     TEXT CHECK (verdict IN ('confirmed', 'rejected', 'superseded')),
                          -- NULL: it waits; superseded: a later file came before anybody had decided
    decided_ms  INTEGER,
    decided_by  TEXT      -- 'user:NAME', or the partner whose later file replaced it
) STRICT;
CREATE UNIQUE INDEX master_hold_open ON master_hold(master) WHERE verdict IS NULL; -- the latest alone may wait

CREATE TABLE customer (
    version_id     INTEGER NOT NULL REFERENCES master_version,
    code           TEXT NOT NULL,
    name           TEXT NOT NULL,
    partner        TEXT NOT NULL,  -- who may order for it
    customer_group TEXT NOT NULL,
    country        TEXT NOT NULL,
    currency       TEXT NOT NULL,
    email          TEXT NOT NULL,
    tax_exemption  TEXT NOT NULL DEFAULT '', -- why it pays no tax; '' when it does
    payment_terms  TEXT NOT NULL DEFAULT 'account' CHECK (payment_terms IN ('account', 'prepaid', 'deposit')),
    deposit_micros INTEGER NOT NULL DEFAULT 0, -- of 'deposit': so much of the gross is paid before the release; 500000 is half
    payment_days   INTEGER NOT NULL DEFAULT -1, -- from the invoice to the day on which it is due; -1: as many as the company has
    delivery       TEXT NOT NULL DEFAULT '' CHECK (delivery IN ('', 'complete', 'backorder', 'cancel-rest')), -- '': the company's
    class          INTEGER NOT NULL DEFAULT 1000, -- the least is served first
    line           INTEGER NOT NULL,
    PRIMARY KEY (version_id, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_of_partner ON customer(version_id, partner);
CREATE INDEX customer_of_group ON customer(version_id, customer_group); -- has everybody of it a price of his own?

CREATE TABLE product (
    version_id INTEGER NOT NULL REFERENCES master_version,
    sku        TEXT NOT NULL,
    name       TEXT NOT NULL,
    name_zh    TEXT NOT NULL,
    category   TEXT NOT NULL,
    unit       TEXT NOT NULL,
    tax_class  TEXT NOT NULL,
    tax_rate_micros INTEGER NOT NULL, -- of its class
    minimum_micros  INTEGER NOT NULL DEFAULT 0, -- the least that is sold; 0: no least
    multiple_micros INTEGER NOT NULL DEFAULT 0, -- only multiples of this are; 0: any
    line       INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_option (
    version_id       INTEGER NOT NULL REFERENCES master_version,
    sku              TEXT NOT NULL,
    name             TEXT NOT NULL,
    value            TEXT NOT NULL,
    surcharge_micros INTEGER NOT NULL, -- per unit, in the price's currency
    surcharge_percent_micros INTEGER NOT NULL DEFAULT 0, -- of the list price, on top of it
    excludes         TEXT NOT NULL DEFAULT '', -- options it cannot be ordered with: 'lid=none | colour'
    needs            TEXT NOT NULL DEFAULT '', -- options that must be ordered with it
    minimum_micros   INTEGER,          -- of value '*', any number within bounds; NULL for all others
    maximum_micros   INTEGER,
    unit             TEXT NOT NULL DEFAULT '', -- of such a number, for people
    is_required      TEXT NOT NULL DEFAULT 'no' CHECK (is_required IN ('yes', 'no')), -- to be ordered with the product
    line             INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku, name, value)
) STRICT, WITHOUT ROWID;

-- Units that a product is sold in beside its own.
CREATE TABLE product_unit (
    version_id    INTEGER NOT NULL REFERENCES master_version,
    sku           TEXT NOT NULL,
    unit          TEXT NOT NULL,
    factor_micros INTEGER NOT NULL, -- units of the product in one of it
    line          INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE price (
    version_id      INTEGER NOT NULL REFERENCES master_version,
    sku             TEXT NOT NULL,
    scope           TEXT NOT NULL CHECK (scope IN ('customer', 'group', 'channel', 'base')),
    holder          TEXT NOT NULL,     -- customer code, group or channel, '' for base
    currency        TEXT NOT NULL,
    breaks          TEXT NOT NULL CHECK (breaks IN ('all-units', 'graduated')),
    break_group     TEXT NOT NULL,     -- lines of it reach a break together; '': each line alone
    quantity_from_micros INTEGER NOT NULL, -- the break: from this quantity on
    valid_from      INTEGER NOT NULL,  -- first day
    valid_to        INTEGER NOT NULL,  -- last day; 2147483647: open
    price_micros    INTEGER,           -- per unit of the product; NULL: by the formula alone
    includes_tax    TEXT NOT NULL DEFAULT 'no' CHECK (includes_tax IN ('yes', 'no')),
    formula         TEXT NOT NULL DEFAULT '', -- rules/price_formula.h; '': the price as it stands
    line            INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku, currency, scope, holder, quantity_from_micros, valid_from)
) STRICT, WITHOUT ROWID;

-- What is sold together as one.  How a package is priced stands in one of its rows, or in several alike.
CREATE TABLE package (
    version_id      INTEGER NOT NULL REFERENCES master_version,
    sku             TEXT NOT NULL,
    part            TEXT NOT NULL,    -- SKU of it
    quantity_micros INTEGER NOT NULL, -- of the part in one package
    pricing         TEXT NOT NULL CHECK (pricing IN ('fixed', 'sum', '')), -- fixed: it has prices of its own
    less_micros     INTEGER NOT NULL, -- 100000: 10 % off the sum of its parts
    line            INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku, part)
) STRICT, WITHOUT ROWID;

-- What prices of one currency are worth in another.
CREATE TABLE exchange_rate (
    version_id    INTEGER NOT NULL REFERENCES master_version,
    from_currency TEXT NOT NULL,
    to_currency   TEXT NOT NULL,
    day           INTEGER NOT NULL, -- it holds from then on, until the next one
    rate_micros   INTEGER NOT NULL, -- so much of to_currency for so many units of from_currency:
    units         INTEGER NOT NULL,
    line          INTEGER NOT NULL,
    PRIMARY KEY (version_id, from_currency, to_currency, day)
) STRICT, WITHOUT ROWID;

-- Tax rates by destination.  A class that has none here has the rate of its products.
CREATE TABLE tax_rate (
    version_id  INTEGER NOT NULL REFERENCES master_version,
    tax_class   TEXT NOT NULL,
    country     TEXT NOT NULL,    -- of the destination; '' for every other
    region      TEXT NOT NULL,    -- '' for the rest of the country
    valid_from  INTEGER NOT NULL,
    valid_to    INTEGER NOT NULL, -- last day; 2147483647: open
    rate_micros INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    PRIMARY KEY (version_id, tax_class, country, region, valid_from)
) STRICT, WITHOUT ROWID;

-- What reduces prices.  (With rowid: its lists may be long, and a table WITHOUT ROWID would put each long row on pages of
-- its own.)
CREATE TABLE promotion (
    version_id       INTEGER NOT NULL REFERENCES master_version,
    code             TEXT NOT NULL,
    name             TEXT NOT NULL,    -- as customers read it
    name_zh          TEXT NOT NULL,
    priority         INTEGER NOT NULL, -- the highest goes first
    mode             TEXT NOT NULL CHECK (mode IN ('exclusive', 'best-price', 'compounded')),
    valid_from       INTEGER NOT NULL, -- first day
    valid_to         INTEGER NOT NULL, -- last day; 2147483647: open
    customers        TEXT NOT NULL,    -- lists 'A | B': only for these; '' for all
    customer_groups  TEXT NOT NULL,
    channels         TEXT NOT NULL,
    currency         TEXT NOT NULL,    -- '' any
    needs_coupon     TEXT NOT NULL CHECK (needs_coupon IN ('yes', 'no')),
    never_with       TEXT NOT NULL,    -- list of codes, or '*'
    level            TEXT NOT NULL CHECK (level IN ('line', 'order')),
    skus             TEXT NOT NULL,    -- lists of what it is on; both '': every line
    categories       TEXT NOT NULL,
    together         TEXT NOT NULL CHECK (together IN ('yes', 'no')), -- its lines count together
    minimum_quantity_micros INTEGER NOT NULL, -- 0: none
    minimum_amount_micros   INTEGER NOT NULL, -- 0: none
    threshold_base   TEXT NOT NULL CHECK (threshold_base IN ('list', 'reduced')), -- of the minimum amount
    repeats          TEXT NOT NULL CHECK (repeats IN ('yes', 'no')), -- each time the minimum is reached again
    action           TEXT NOT NULL CHECK (action IN ('fixed-price', 'buy-get', 'amount-per-unit', 'amount', 'percent')),
    percent_micros   INTEGER NOT NULL, -- off; of these three -1: the cell was empty
    price_micros     INTEGER NOT NULL, -- fixed
    amount_micros    INTEGER NOT NULL, -- off
    buy              INTEGER NOT NULL, -- units to buy
    get              INTEGER NOT NULL, -- units given for them
    get_percent_micros INTEGER NOT NULL, -- off each unit given
    get_skus         TEXT NOT NULL,    -- list; '' those bought
    pick             TEXT NOT NULL CHECK (pick IN ('cheapest', 'dearest')), -- which of the units ordered are given
    grouping         TEXT NOT NULL CHECK (grouping IN ('all', 'by-price')),
    free_units       TEXT NOT NULL CHECK (free_units IN ('inclusive', 'exclusive')),
    given_as         TEXT NOT NULL CHECK (given_as IN ('', 'reduction', 'in-kind')), -- '': as free_units has it
    out_of_stock     TEXT NOT NULL CHECK (out_of_stock IN ('owed', 'dropped', 'reduction')),
    limit_order      INTEGER NOT NULL, -- uses; 0: no limit, and so the next two
    limit_customer   INTEGER NOT NULL,
    limit_total      INTEGER NOT NULL,
    budget_micros    INTEGER NOT NULL, -- the most it may cost over all orders; 0: any
    line             INTEGER NOT NULL,
    PRIMARY KEY (version_id, code)
) STRICT;

CREATE TABLE coupon (
    version_id     INTEGER NOT NULL REFERENCES master_version,
    code           TEXT NOT NULL,     -- as customers write it
    promotion      TEXT NOT NULL,     -- that it opens
    valid_from     INTEGER NOT NULL,  -- first day; -2147483648: open
    valid_to       INTEGER NOT NULL,  -- last day; 2147483647: open
    customer       TEXT NOT NULL,     -- whose it is; '' anybody's
    limit_total    INTEGER NOT NULL,  -- orders that may use it; 0: no limit
    limit_customer INTEGER NOT NULL,  -- orders of one customer; 0: no limit
    line           INTEGER NOT NULL,
    PRIMARY KEY (version_id, code)
) STRICT, WITHOUT ROWID;

-- What there is of a product, as last counted.  A product without a row is taken to be always there.
CREATE TABLE stock (
    version_id       INTEGER NOT NULL REFERENCES master_version,
    sku              TEXT NOT NULL,
    available_micros INTEGER NOT NULL, -- in the product's unit
    line             INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku)
) STRICT, WITHOUT ROWID;

-- What promotions gave of it since, and what was promised to orders.
CREATE TABLE stock_given (
    version_id   INTEGER NOT NULL REFERENCES master_version,
    sku          TEXT NOT NULL,
    given_micros INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku)
) STRICT, WITHOUT ROWID;

-- What order versions take of products, while a shortage of stock is looked for; parts in place of their package.
CREATE TABLE order_stock (
    order_id        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    sku             TEXT NOT NULL,
    quantity_micros INTEGER NOT NULL, -- in the product's unit
    stock_version   INTEGER NOT NULL, -- number of the list that it was promised by; 0: it was not, or no list counts it
    PRIMARY KEY (order_id, version, sku)
) STRICT, WITHOUT ROWID;

-- What products cost us, and the least that they may be sold at.  Never told to customers.
CREATE TABLE product_cost (
    version_id          INTEGER NOT NULL REFERENCES master_version,
    sku                 TEXT NOT NULL,
    currency            TEXT NOT NULL,
    cost_micros         INTEGER NOT NULL, -- per unit of the product, without tax
    floor_micros        INTEGER NOT NULL, -- the least net price per unit; 0: no least
    margin_least_micros INTEGER NOT NULL, -- the least margin, of the net amount; -1: no least
    valid_from          INTEGER NOT NULL,
    valid_to            INTEGER NOT NULL, -- last day; 2147483647: open
    line                INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku, currency, valid_from)
) STRICT, WITHOUT ROWID;

-- How far a manual price may be from what the rules give; what goes further waits for approval.
CREATE TABLE price_authority (
    version_id     INTEGER NOT NULL REFERENCES master_version,
    role           TEXT NOT NULL,    -- for people: 'sales lead'
    persons        TEXT NOT NULL,    -- who has it: 'anna | boris'; '': whoever
    partner        TEXT NOT NULL,    -- in whose orders it may be asked for; '': set by `purser price set`
    customer_group TEXT NOT NULL,    -- for whom; '': every customer
    below_micros   INTEGER NOT NULL, -- the most that it may be below the rules' price, of that price
    above_micros   INTEGER NOT NULL, -- the most that it may be above; -1: as much as below
    below_floor    TEXT NOT NULL DEFAULT 'no' CHECK (below_floor IN ('yes', 'no')),
    line           INTEGER NOT NULL,
    PRIMARY KEY (version_id, role, partner, customer_group)
) STRICT, WITHOUT ROWID;

-- What orders must cost: whoever changes master data is told when they would not.
CREATE TABLE price_case (
    version_id      INTEGER NOT NULL REFERENCES master_version,
    name            TEXT NOT NULL,
    case_line       INTEGER NOT NULL, -- rows of one name are the lines of one order
    customer        TEXT NOT NULL,
    sku             TEXT NOT NULL,
    quantity_micros INTEGER NOT NULL,
    unit            TEXT NOT NULL,    -- '': the product's own
    price_day       INTEGER NOT NULL,
    currency        TEXT NOT NULL,    -- '': the customer's
    country         TEXT NOT NULL,    -- '': the customer's
    options         TEXT NOT NULL,    -- 'colour=red | lid=none'
    coupons         TEXT NOT NULL,    -- 'A | B'
    expected_price_micros INTEGER NOT NULL, -- per unit ordered; -1: not said
    expected_net_micros   INTEGER NOT NULL, -- of the line; -1: not said
    line            INTEGER NOT NULL,
    PRIMARY KEY (version_id, name, case_line)
) STRICT, WITHOUT ROWID;

-- Who must consent to an order.  Lists are 'A | B'; '' is every one, and -1 none.
CREATE TABLE approval_matrix (
    version_id  INTEGER NOT NULL REFERENCES master_version,
    type        TEXT NOT NULL DEFAULT '',     -- order type
    currency    TEXT NOT NULL DEFAULT '',     -- of the amounts; '': the company's
    above_micros INTEGER NOT NULL DEFAULT -1, -- amounts above this ask,
    up_to_micros INTEGER NOT NULL DEFAULT -1, -- up to this
    basis       TEXT NOT NULL DEFAULT 'gross' CHECK (basis IN ('gross', 'net')),
    same_day    TEXT NOT NULL DEFAULT 'yes' CHECK (same_day IN ('yes', 'no')), -- the customer's other orders of the day count too
    customers   TEXT NOT NULL DEFAULT '',
    customer_groups TEXT NOT NULL DEFAULT '',
    channels    TEXT NOT NULL DEFAULT '',
    countries   TEXT NOT NULL DEFAULT '',     -- of the destination
    categories  TEXT NOT NULL DEFAULT '',     -- of some line's product
    changed     TEXT NOT NULL DEFAULT '' CHECK (changed IN ('', 'yes', 'no')),
    manual_price TEXT NOT NULL DEFAULT '' CHECK (manual_price IN ('', 'yes', 'no')),
    lead_days_below INTEGER NOT NULL DEFAULT -1,       -- fewer days from order to requested date
    discount_above_micros INTEGER NOT NULL DEFAULT -1,
    margin_below_micros INTEGER NOT NULL DEFAULT -1000000000000,   -- -1000000000000: any
    credit      TEXT NOT NULL DEFAULT '',     -- verdicts of rules/credit.h, or 'none'
    increase_above_micros INTEGER NOT NULL DEFAULT -1,   -- of what was approved before
    country_changed TEXT NOT NULL DEFAULT '' CHECK (country_changed IN ('', 'yes')),
    step        INTEGER NOT NULL DEFAULT 1,
    approver    TEXT NOT NULL,                -- partner ids
    role        TEXT NOT NULL DEFAULT '',     -- of table approver
    quorum      TEXT NOT NULL DEFAULT 'any',  -- 'any', 'all' or a number
    remind_hours INTEGER NOT NULL DEFAULT -1, -- of working time; -1: never, and so the next two
    escalate_hours INTEGER NOT NULL DEFAULT -1,
    decide_hours INTEGER NOT NULL DEFAULT -1,
    undecided   TEXT NOT NULL DEFAULT 'wait' CHECK (undecided IN ('wait', 'refuse', 'approve')),
    told        TEXT NOT NULL DEFAULT '',     -- partner ids
    line        INTEGER NOT NULL,
    PRIMARY KEY (version_id, type, currency, above_micros, up_to_micros, basis, same_day, customers, customer_groups, channels, countries,
                 categories, changed, manual_price, lead_days_below, discount_above_micros, margin_below_micros,
                 credit, increase_above_micros, country_changed, step)
) STRICT, WITHOUT ROWID;

-- Who may approve what, and who decides where that is not enough.  Lists are 'A | B'; '' and -1 are any.
CREATE TABLE approver (
    version_id   INTEGER NOT NULL REFERENCES master_version,
    person       TEXT NOT NULL,     -- partner id
    name         TEXT NOT NULL,
    user         TEXT NOT NULL,     -- at the command line
    roles        TEXT NOT NULL,
    superior     TEXT NOT NULL,
    currency     TEXT NOT NULL,     -- of the amounts; '': the company's
    above_micros INTEGER NOT NULL,
    up_to_micros INTEGER NOT NULL,
    order_types  TEXT NOT NULL,
    customers    TEXT NOT NULL,
    customer_groups TEXT NOT NULL,
    discount_up_to_micros INTEGER NOT NULL,
    email        TEXT NOT NULL,
    line         INTEGER NOT NULL,
    PRIMARY KEY (version_id, person)
) STRICT, WITHOUT ROWID;

-- Days on which work differs from the week of the configuration.
CREATE TABLE calendar_day (
    version_id  INTEGER NOT NULL REFERENCES master_version,
    day         INTEGER NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('holiday', 'working')),
    name        TEXT NOT NULL,
    line        INTEGER NOT NULL,
    PRIMARY KEY (version_id, day)
) STRICT, WITHOUT ROWID;

-- Who decides in whose place while somebody is absent.
CREATE TABLE delegation (
    version_id  INTEGER NOT NULL REFERENCES master_version,
    person      TEXT NOT NULL,
    delegate    TEXT NOT NULL CHECK (delegate <> person), -- '': nobody
    valid_from  INTEGER NOT NULL,  -- first day
    valid_to    INTEGER NOT NULL CHECK (valid_to >= valid_from), -- last day
    reason      TEXT NOT NULL,
    line        INTEGER NOT NULL,
    PRIMARY KEY (version_id, person, valid_from)
) STRICT, WITHOUT ROWID;

-- How much customers may owe us, as finance knows it.  Never told to customers.
CREATE TABLE credit_limit (
    version_id         INTEGER NOT NULL REFERENCES master_version,
    customer           TEXT NOT NULL,
    currency           TEXT NOT NULL,    -- of all amounts
    limit_micros       INTEGER NOT NULL,
    unpaid_micros      INTEGER NOT NULL, -- invoiced and not paid yet
    overdue_micros     INTEGER NOT NULL, -- of it
    overdue_max_micros INTEGER,          -- NULL: any
    terms              TEXT NOT NULL CHECK (terms IN ('account', 'prepaid')), -- prepaid: nothing is compared
    line               INTEGER NOT NULL,
    PRIMARY KEY (version_id, customer)
) STRICT, WITHOUT ROWID;

-- Where places are, for maps.
CREATE TABLE place (
    version_id       INTEGER NOT NULL REFERENCES master_version,
    name             TEXT NOT NULL,
    country          TEXT NOT NULL,
    aliases          TEXT NOT NULL,    -- other names, 'A | B'
    latitude_micros  INTEGER NOT NULL, -- degrees
    longitude_micros INTEGER NOT NULL,
    line             INTEGER NOT NULL,
    PRIMARY KEY (version_id, name, country)
) STRICT, WITHOUT ROWID;

-- Where products come from that are not simply on a shelf.
CREATE TABLE supply (
    version_id      INTEGER NOT NULL REFERENCES master_version,
    sku             TEXT NOT NULL,
    source          TEXT NOT NULL CHECK (source IN ('buy', 'make')), -- buy: lead_days after it is ordered; make: to order, at the plant
    plant           TEXT NOT NULL,    -- partner id; '' of what is bought
    lead_days       INTEGER NOT NULL, -- working days: of 'make' from the day it is begun to the day it is at the warehouse
    load_micros     INTEGER NOT NULL, -- of the plant's capacity that one unit takes
    line            INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku)
) STRICT, WITHOUT ROWID;

-- What one unit of a product that is made takes; materials of materials are not looked at.
CREATE TABLE material (
    version_id      INTEGER NOT NULL REFERENCES master_version,
    sku             TEXT NOT NULL,
    material        TEXT NOT NULL,    -- SKU
    quantity_micros INTEGER NOT NULL,
    line            INTEGER NOT NULL,
    PRIMARY KEY (version_id, sku, material)
) STRICT, WITHOUT ROWID;
CREATE INDEX material_used ON material(version_id, material); -- what waits for it, when it comes

CREATE TABLE plant (
    version_id      INTEGER NOT NULL REFERENCES master_version,
    plant           TEXT NOT NULL,    -- partner id
    warehouse       TEXT NOT NULL,    -- partner id: where its materials lie, and to which its products go
    capacity_micros INTEGER NOT NULL, -- load that it makes in a working day
    line            INTEGER NOT NULL,
    PRIMARY KEY (version_id, plant)
) STRICT, WITHOUT ROWID;

-- How long goods are under way.
CREATE TABLE lane (
    version_id   INTEGER NOT NULL REFERENCES master_version,
    warehouse    TEXT NOT NULL,    -- partner id; '' any
    country      TEXT NOT NULL,    -- of the destination; '' every other
    region       TEXT NOT NULL,    -- '' the rest of the country
    transit_days INTEGER NOT NULL, -- working days
    line         INTEGER NOT NULL,
    PRIMARY KEY (version_id, warehouse, country, region)
) STRICT, WITHOUT ROWID;

-- May goods come back, and on which terms: rules/returning.h says what a clause means.  Lists are 'A | B'.
CREATE TABLE return_policy (
    version_id      INTEGER NOT NULL REFERENCES master_version,
    clause          TEXT NOT NULL,    -- its name
    rank            INTEGER NOT NULL, -- of clauses that fit the least decides, then the name
    reasons         TEXT NOT NULL,    -- these lists: '' any
    kinds           TEXT NOT NULL,    -- 'standard', 'custom'
    categories      TEXT NOT NULL,
    skus            TEXT NOT NULL,
    customer_groups TEXT NOT NULL,
    window_days     INTEGER NOT NULL, -- days after the delivery; -1: any number
    verdict         TEXT NOT NULL CHECK (verdict IN ('allow', 'ask', 'refuse')),
    when_new        TEXT NOT NULL CHECK (when_new IN ('restock', 'refurbish', 'scrap')), -- what becomes of it
    when_opened     TEXT NOT NULL CHECK (when_opened IN ('restock', 'refurbish', 'scrap')),
    when_damaged    TEXT NOT NULL CHECK (when_damaged IN ('restock', 'refurbish', 'scrap')),
    when_wrong_item TEXT NOT NULL CHECK (when_wrong_item IN ('restock', 'refurbish', 'scrap')),
    fee_new         TEXT NOT NULL,    -- '10%' of the refund, '5.00' of the currency per request; '': none
    fee_opened      TEXT NOT NULL,
    fee_damaged     TEXT NOT NULL,
    currency        TEXT NOT NULL,    -- of orders that it is for; '': any
    freight         TEXT NOT NULL CHECK (freight IN ('customer', 'company')), -- who pays it
    refund          TEXT NOT NULL CHECK (refund IN ('yes', 'no')),
    exchange        TEXT NOT NULL CHECK (exchange IN ('yes', 'no')),
    gifts           TEXT NOT NULL CHECK (gifts IN ('value', 'back', 'keep')), -- that were given for it, and stay
    line            INTEGER NOT NULL,
    PRIMARY KEY (version_id, clause)
) STRICT, WITHOUT ROWID;

-- What may still be changed of an order: rules/modification.h.
CREATE TABLE modification_rule (
    version_id     INTEGER NOT NULL REFERENCES master_version,
    change         TEXT NOT NULL,  -- kind of change; '' any
    state          TEXT NOT NULL,  -- that the order has reached; '' any
    customer_group TEXT NOT NULL,  -- '' any
    way            TEXT NOT NULL CHECK (way IN ('allow', 'ask', 'refuse', 'new-line', 'cancel', 'redirect')),
    price_basis    TEXT NOT NULL CHECK (price_basis IN ('keep', 'new-quantity', 'all')),
    promotions     TEXT NOT NULL CHECK (promotions IN ('keep', 'evaluate')),
    approval       TEXT NOT NULL CHECK (approval IN ('by-matrix', 'always', 'never')),
    line           INTEGER NOT NULL,
    PRIMARY KEY (version_id, change, state, customer_group)
) STRICT, WITHOUT ROWID;

-- What a cancellation costs its customer; a row is a clause (rules/cancellation_fee.h).  -1: not given.
CREATE TABLE cancellation_policy (
    version_id INTEGER NOT NULL REFERENCES master_version,
    clause TEXT NOT NULL,
    rank INTEGER NOT NULL,
    stages TEXT NOT NULL,
    product_kind TEXT NOT NULL,
    categories TEXT NOT NULL,
    skus TEXT NOT NULL,
    customer_groups TEXT NOT NULL,
    hours_from INTEGER NOT NULL,
    hours_below INTEGER NOT NULL,
    promised_within INTEGER NOT NULL,
    faults TEXT NOT NULL,
    deposit_paid TEXT NOT NULL,
    currency TEXT NOT NULL,
    fee TEXT NOT NULL,
    amount_micros INTEGER NOT NULL,
    percent_micros INTEGER NOT NULL,
    minimum_micros INTEGER NOT NULL,
    maximum_micros INTEGER NOT NULL,
    tax TEXT NOT NULL,
    promotions TEXT NOT NULL,
    gifts TEXT NOT NULL,
    waived_by TEXT NOT NULL,
    waive_up_to_micros INTEGER NOT NULL,
    line INTEGER NOT NULL,
    PRIMARY KEY (version_id, clause)
) STRICT, WITHOUT ROWID;

-- What the codes of carriers mean.
CREATE TABLE carrier_code (
    version_id INTEGER NOT NULL REFERENCES master_version,
    carrier    TEXT NOT NULL,    -- partner id; '': of carriers that have no row of their own for the code
    code       TEXT NOT NULL,    -- as the carrier writes it
    state      TEXT NOT NULL CHECK (state IN ('pending', 'info-received', 'in-transit', 'out-for-delivery', 'attempt-failed',
                                              'available-for-pickup', 'delivered', 'exception', 'expired')),
    label_en   TEXT NOT NULL,
    label_zh   TEXT NOT NULL,
    cause      TEXT NOT NULL CHECK (cause IN ('', 'customs', 'weather', 'address', 'refused', 'damaged', 'carrier')),
    is_final   TEXT NOT NULL CHECK (is_final IN ('yes', 'no')), -- nothing more is expected of the parcel
    line       INTEGER NOT NULL,
    PRIMARY KEY (version_id, carrier, code)
) STRICT, WITHOUT ROWID;

-- The sums of customers' open orders, kept up with each move: what waits for approval or is approved and not wholly
-- shipped, and is not held for credit.
CREATE TABLE customer_open (
    customer    TEXT NOT NULL,
    currency    TEXT NOT NULL,
    orders      INTEGER NOT NULL,
    gross_minor INTEGER NOT NULL,
    PRIMARY KEY (customer, currency)
) STRICT, WITHOUT ROWID;

-- Transactional outbox.  A message is added in the transaction that makes it true; at the end of a run the waiting
-- messages of a partner and kind become one file with the next sequence number.
-- Messages lie in the order in which they are sealed, written and counted: of one partner and kind side by side, by
-- number.  The number above the last one that a file holds is the first that waits; no row is touched by sealing.
CREATE TABLE outbox_message (
    partner        TEXT NOT NULL,
    kind           TEXT NOT NULL,    -- writers/writer.h
    number         INTEGER NOT NULL, -- per partner and kind, from 1, in the order in which they came to wait
    version        INTEGER NOT NULL DEFAULT 0, -- of the order it is about, 0: of none; of an acknowledgement 1 when it
                                               -- tells what became of a file that was held.  (A column after the key that may
                                               -- be NULL would keep SQLite from seeing that the key gives an order.)
    interchange_id INTEGER REFERENCES interchange,  -- what it is about, by kind
    order_id       INTEGER REFERENCES orders,
    event_id       INTEGER, -- of order_event; no foreign key, whose index would serve deleted events alone: `verify` checks it
    shipment_id    INTEGER REFERENCES shipment,
    approval_id    INTEGER REFERENCES approval,
    report_id      INTEGER,
    invoice_id     INTEGER REFERENCES invoice,
    production_id  INTEGER REFERENCES production,
    release_id     INTEGER REFERENCES warehouse_release,
    return_id      INTEGER REFERENCES return_authorisation,
    stop_id        INTEGER REFERENCES stop_notice,
    reminder       INTEGER NOT NULL DEFAULT 0, -- of an approval request or a stop notice: 0 the request, else the number of the reminder;
                                               -- of a production request: 0 the request, 1 that it is taken back; of a
                                               -- delay warning its number; of a return authorisation 0 how it was
                                               -- decided, 1 that it has expired, 2 that what came is not refunded
    PRIMARY KEY (partner, kind, number)
) STRICT, WITHOUT ROWID;
-- What was answered to a file or an order; and what is deleted (an order of a file for test, a shipment that is refused)
-- must be known to have no message.
CREATE INDEX outbox_message_of_interchange ON outbox_message(interchange_id) WHERE interchange_id IS NOT NULL;
CREATE INDEX outbox_message_of_order ON outbox_message(order_id) WHERE order_id IS NOT NULL;
CREATE INDEX outbox_message_of_shipment ON outbox_message(shipment_id) WHERE shipment_id IS NOT NULL;
CREATE INDEX outbox_message_of_production ON outbox_message(production_id) WHERE production_id IS NOT NULL;
CREATE INDEX outbox_message_of_stop ON outbox_message(stop_id) WHERE stop_id IS NOT NULL;
CREATE INDEX outbox_message_of_report ON outbox_message(report_id) WHERE report_id IS NOT NULL; -- what was sent of it
CREATE INDEX outbox_message_of_invoice ON outbox_message(invoice_id) WHERE invoice_id IS NOT NULL;

-- Of partners whose order-status files come at set times: up to when these have passed, files or not.
CREATE TABLE status_look (
    partner   TEXT PRIMARY KEY,
    looked_ms INTEGER NOT NULL -- a time of a day after that, and not after a run, makes it send what waits
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox_file (
    id           INTEGER PRIMARY KEY,
    partner      TEXT NOT NULL,
    kind         TEXT NOT NULL,
    sequence     INTEGER NOT NULL,  -- per partner and kind, from 1, no gaps; the formats of one file share it
    name         TEXT NOT NULL,     -- file name, from kind, partner and sequence
    format       TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (
                     state IN ('sealed', 'staged', 'written', 'uploaded', 'renaming', 'delivered')),
                                    -- sealed: has number and messages; staged: complete under its temporary name;
                                    -- written: in outbox/; uploaded: complete under a temporary name at the partner's, and
                                    -- not renamed; renaming: a rename was or is being sent; delivered: confirmed (for partners without a mailbox: written is the end)
    same_as      INTEGER REFERENCES outbox_file, -- this is another format of that file: same number, same messages
    first_message INTEGER NOT NULL, -- outbox_message.number: the file holds these, and those between
    last_message  INTEGER NOT NULL,
    messages     INTEGER NOT NULL,  -- so many they are
    size         INTEGER,
    sha256       TEXT,
    created_ms   INTEGER NOT NULL,
    delivered_ms INTEGER,
    attempts     INTEGER NOT NULL DEFAULT 0,
    trouble      TEXT,              -- of the last failed attempt
    UNIQUE (partner, kind, sequence, format),
    UNIQUE (partner, name)
) STRICT;
CREATE INDEX outbox_file_same_as ON outbox_file(same_as) WHERE same_as IS NOT NULL; -- a report's PDF that was not made is deleted
CREATE INDEX outbox_file_of_message ON outbox_file(partner, kind, first_message);
CREATE INDEX outbox_file_open ON outbox_file(state) WHERE state IN ('sealed', 'staged');
CREATE INDEX outbox_file_to_deliver ON outbox_file(partner) WHERE state IN ('written', 'uploaded', 'renaming');

CREATE TABLE report (
    id         INTEGER PRIMARY KEY,
    schedule   TEXT NOT NULL,   -- name in the configuration
    report     TEXT NOT NULL,   -- 'sales'
    first_day  INTEGER NOT NULL,
    last_day   INTEGER NOT NULL,
    made_ms    INTEGER NOT NULL,
    UNIQUE (schedule, first_day)
) STRICT;

-- Pages that tell customers where their orders are, as they lie in the folder for them.
CREATE TABLE tracking_page (
    order_id  INTEGER PRIMARY KEY REFERENCES orders,
    token     TEXT NOT NULL UNIQUE, -- its name without .html, which nobody guesses
    key_name  TEXT NOT NULL,        -- of the secret that the token was made from: the beginning of its digest
    sha256    TEXT NOT NULL,        -- of the page
    made_ms   INTEGER NOT NULL,     -- when it changed last
    remove_ms INTEGER               -- it goes then; NULL: its order is under way
) STRICT;
CREATE INDEX tracking_page_to_remove ON tracking_page(remove_ms) WHERE remove_ms IS NOT NULL;
CREATE INDEX tracking_page_of_key ON tracking_page(key_name);

-- Orders whose pages may have changed: those of events above this one, and of parcels that have news.
CREATE TABLE tracking_seen (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    event_id INTEGER NOT NULL -- of order_event
) STRICT;
CREATE TABLE tracking_due (
    order_id INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER parcel_has_news AFTER UPDATE ON parcel
BEGIN
    INSERT INTO tracking_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER parcel_is_new AFTER INSERT ON parcel
BEGIN
    INSERT INTO tracking_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;

-- How long stages took (config.h, pace_stage): of each key the newest 200, so that what is read does not grow.  A sample lies
-- under its lane and under the broader keys of its stage.
CREATE TABLE stage_sample (
    stage       TEXT NOT NULL,
    lane        TEXT NOT NULL,    -- of 'payment' the customer group, of 'warehouse' the partner id, or it
                                  -- and a product: 'harbour LJ-100', of 'transit' carrier, country
                                  -- it leaves and country it goes to: 'ups CN DE', of any carrier '* CN DE'; '': all of the stage
    slot        INTEGER NOT NULL, -- 0 to 199
    duration_ms INTEGER NOT NULL, -- of 'transit' by the clock, of all others of working time
    ended_ms    INTEGER NOT NULL,
    PRIMARY KEY (stage, lane, slot)
) STRICT, WITHOUT ROWID;
CREATE TABLE stage_count (
    stage       TEXT NOT NULL,
    lane        TEXT NOT NULL,
    samples     INTEGER NOT NULL, -- that there ever were: the next one takes the slot samples % 200
    PRIMARY KEY (stage, lane)
) STRICT, WITHOUT ROWID;

-- When an order that was promised a day is expected, and whether that is too late.  A row lives from its first look on; when
-- the order is over it keeps how it ended.
CREATE TABLE order_outlook (
    order_id        INTEGER PRIMARY KEY REFERENCES orders,
    version         INTEGER NOT NULL,
    promised        INTEGER NOT NULL, -- day
    first_promised  INTEGER NOT NULL, -- as it was at the first look
    grade           TEXT NOT NULL CHECK (grade IN ('none', 'at-risk', 'late', 'overdue')), -- these as told last, see
    cause           TEXT NOT NULL,    -- rules/outlook.h; '' of 'none'
    expected_p50_ms INTEGER,          -- as known last; NULL: nobody can say, and so the next
    expected_p90_ms INTEGER,
    since_ms        INTEGER NOT NULL, -- when grade or cause became so
    next_ms         INTEGER,          -- it is looked at then, without news; NULL: it is over
    warnings        INTEGER NOT NULL, -- number of the last one in delay_warning
    warned_ms       INTEGER,          -- the first that told of a delay; NULL: none
    trace           TEXT NOT NULL,    -- JSON, see rules/outlook.c
    outcome         TEXT CHECK (outcome IN ('in-time', 'late', 'refused', 'unknown')), -- refused: or cancelled; unknown: nobody tells of its parcels; NULL: open
    finished_ms     INTEGER,          -- when it was over, and when we learned of it
    closed_ms       INTEGER
) STRICT;
CREATE INDEX order_outlook_due ON order_outlook(next_ms) WHERE next_ms IS NOT NULL;
CREATE INDEX order_outlook_late ON order_outlook(promised) WHERE grade <> 'none' AND outcome IS NULL;
CREATE INDEX order_outlook_closed ON order_outlook(closed_ms) WHERE closed_ms IS NOT NULL;

-- What was told of delays, each change once.  Never altered.
CREATE TABLE delay_warning (
    order_id        INTEGER NOT NULL REFERENCES orders,
    number          INTEGER NOT NULL, -- of the order, from 1
    version         INTEGER NOT NULL, -- of the order
    at_ms           INTEGER NOT NULL,
    grade           TEXT NOT NULL,    -- 'none': all is well again
    grade_before    TEXT NOT NULL,
    cause           TEXT NOT NULL,
    promised        INTEGER NOT NULL,
    promised_before INTEGER NOT NULL, -- another day: the promise has moved
    expected_p50_ms INTEGER,
    expected_p90_ms INTEGER,
    trace           TEXT NOT NULL,    -- JSON, see rules/outlook.c
    PRIMARY KEY (order_id, number)
) STRICT;
CREATE INDEX delay_warning_at ON delay_warning(at_ms);
CREATE TRIGGER delay_warning_is_final BEFORE UPDATE ON delay_warning
BEGIN
    SELECT raise(ABORT, 'what was told is never altered');
END;

-- Orders that must be looked at: those of events above this one, and what the triggers note.  Nothing is noted where delays
-- are not warned of: then there is no row in delay_seen.
CREATE TABLE delay_seen (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    event_id INTEGER NOT NULL -- of order_event
) STRICT;
CREATE TABLE delay_due (
    order_id INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER parcel_may_be_late AFTER UPDATE ON parcel WHEN EXISTS (SELECT 1 FROM delay_seen)
BEGIN
    INSERT INTO delay_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER parcel_has_an_outlook AFTER INSERT ON parcel WHEN EXISTS (SELECT 1 FROM delay_seen)
BEGIN
    INSERT INTO delay_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER plan_has_moved AFTER UPDATE OF promised ON order_plan WHEN EXISTS (SELECT 1 FROM delay_seen)
BEGIN
    INSERT INTO delay_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER plan_is_new AFTER INSERT ON order_plan WHEN EXISTS (SELECT 1 FROM delay_seen)
BEGIN
    INSERT INTO delay_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER plan_line_has_moved AFTER UPDATE OF ship_day ON plan_line WHEN EXISTS (SELECT 1 FROM delay_seen)
BEGIN
    INSERT INTO delay_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER production_may_be_late AFTER UPDATE ON production WHEN EXISTS (SELECT 1 FROM delay_seen)
BEGIN
    INSERT INTO delay_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER production_has_an_outlook AFTER INSERT ON production WHEN EXISTS (SELECT 1 FROM delay_seen)
BEGIN
    INSERT INTO delay_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER warehouse_release_may_be_late AFTER UPDATE ON warehouse_release WHEN EXISTS (SELECT 1 FROM delay_seen)
BEGIN
    INSERT INTO delay_due (order_id) VALUES (new.order_id) ON CONFLICT DO NOTHING;
END;

-- Moves of an order: filled from order/lifecycle.c when the store is opened, checked by the triggers below.  They
-- raise FAIL, not ABORT: before a row of one UPDATE there is nothing to take back, and for ABORT the store would keep a
-- journal of each such statement.
CREATE TABLE lifecycle_edge (
    axis       TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    PRIMARY KEY (axis, from_state, to_state)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER orders_approval_edge BEFORE UPDATE OF approval ON orders
WHEN new.approval <> old.approval AND NOT EXISTS (
    SELECT 1 FROM lifecycle_edge WHERE axis = 'approval' AND from_state = old.approval AND to_state = new.approval)
BEGIN
    SELECT raise(FAIL, 'no such move in the order life cycle');
END;
CREATE TRIGGER orders_fulfilment_edge BEFORE UPDATE OF fulfilment ON orders
WHEN new.fulfilment <> old.fulfilment AND NOT EXISTS (
    SELECT 1 FROM lifecycle_edge
    WHERE axis = 'fulfilment' AND from_state = old.fulfilment AND to_state = new.fulfilment)
BEGIN
    SELECT raise(FAIL, 'no such move in the order life cycle');
END;
CREATE TRIGGER orders_payment_edge BEFORE UPDATE OF payment ON orders
WHEN new.payment <> old.payment AND NOT EXISTS (
    SELECT 1 FROM lifecycle_edge WHERE axis = 'payment' AND from_state = old.payment AND to_state = new.payment)
BEGIN
    SELECT raise(FAIL, 'no such move in the order life cycle');
END;
CREATE TRIGGER order_event_is_final BEFORE UPDATE ON order_event
BEGIN
    SELECT raise(ABORT, 'events are never altered');
END;
