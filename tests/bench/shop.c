/* shop.c -- a company with many products, customers and promotions, the same for the same
 * arguments.
 *
 *     shop customers|products|prices|coupons    its master data
 *     shop promotions NUMBER                    so many rows
 *     shop orders NUMBER [LINES [FIRST DATE]]   so many orders, of 1 to 5 lines (3 on average) when
 *                                               LINES is 0, or of so many; of that date, their
 *                                               numbers from FIRST
 *
 * The first ten promotions concern many orders: a handful can touch each.  Those beyond are of the
 * kinds that companies collect: for some products, customers, groups and their categories, with
 * coupons and thresholds, some of them over or still to come.  One of them can touch few orders;
 * but of each product, customer and group there are some. */
#include "maker.h"

#include <string.h>

enum {
    PRODUCTS = 20000,
    CATEGORIES = 400,
    CUSTOMERS = 1000,
    GROUPS = 50,
    ORDER_LINES = 5,
    LIST_SIZE = 200,
    CELL_SIZE = 32
};

static void
customers(struct maker *maker)
{
    put(maker, "code,name,partner,group,country,currency,email\n");
    for (unsigned int index = 0; index < CUSTOMERS; index++) {
        put(maker, "CU-%04u,Customer %u,nordlicht,group %02u,DE,EUR,\n", index, index,
            index % GROUPS);
    }
}

static void
products(struct maker *maker)
{
    put(maker, "sku,name,name_zh,category,unit,tax_class,tax_rate\n");
    for (unsigned int index = 0; index < PRODUCTS; index++) {
        put(maker, "SK-%05u,Product %u,,category %03u,C62,goods,19%%\n", index, index,
            index % CATEGORIES);
    }
}

static void
prices(struct maker *maker)
{
    put(maker, "sku,scope,holder,currency,quantity_from,valid_from,valid_to,price\n");
    for (unsigned int index = 0; index < PRODUCTS; index++) {
        const unsigned int price = 200 + pick(maker, 4800);
        put(maker, "SK-%05u,base,,EUR,0,2026-01-01,,%u.%02u\n", index, price / 100, price % 100);
        put(maker, "SK-%05u,base,,EUR,24,2026-01-01,,%u.%02u\n", index, price * 9 / 1000,
            price * 9 / 10 % 100);
    }
}

/* -- promotions */

struct row {
    char name[CELL_SIZE];
    int priority;
    const char *mode;
    const char *valid_from;
    const char *valid_to;
    char customers[LIST_SIZE];
    char groups[LIST_SIZE];
    const char *channels;
    const char *needs_coupon;
    const char *level;
    char skus[LIST_SIZE];
    char categories[LIST_SIZE];
    const char *together;
    char minimum_quantity[CELL_SIZE];
    char minimum_amount[CELL_SIZE];
    const char *repeats;
    const char *action;
    char percent[CELL_SIZE];
    char price[CELL_SIZE];
    char amount[CELL_SIZE];
    char buy[CELL_SIZE];
    char get[CELL_SIZE];
    char get_skus[LIST_SIZE];
    const char *free_units;
    char limit_customer[CELL_SIZE];
};

static void
put_row(struct maker *maker, unsigned int number, const struct row *row)
{
    put(maker,
        "P%05u,%s,%d,%s,%s,%s,%s,%s,%s,EUR,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n",
        number, row->name, row->priority, row->mode, row->valid_from, row->valid_to, row->customers,
        row->groups, row->channels, row->needs_coupon, row->level, row->skus, row->categories,
        row->together, row->minimum_quantity, row->minimum_amount, row->repeats, row->action,
        row->percent, row->price, row->amount, row->buy, row->get, row->get_skus, row->free_units,
        row->limit_customer);
}

#define SET(cell, ...) ((void)snprintf((cell), sizeof(cell), __VA_ARGS__))

/* Append one of `many` to a list. */
static void
name_one(struct maker *maker, char list[LIST_SIZE], const char *format, int width,
         unsigned int many)
{
    const size_t length = strlen(list);
    snprintf(list + length, LIST_SIZE - length, "%s%s%0*u", length == 0 ? "" : "|", format, width,
             pick(maker, many));
}

static void
name_some(struct maker *maker, char list[LIST_SIZE], const char *format, int width,
          unsigned int many, unsigned int at_most)
{
    for (unsigned int left = 1 + pick(maker, at_most); left > 0; left--) {
        name_one(maker, list, format, width, many);
    }
}

static void
name_skus(struct maker *maker, char list[LIST_SIZE], unsigned int at_most)
{
    name_some(maker, list, "SK-", 5, PRODUCTS, at_most);
}

/* Ten categories, each the tenth. */
static void
name_tenth(char list[LIST_SIZE], unsigned int first)
{
    list[0] = '\0';
    for (unsigned int category = first; category < CATEGORIES; category += CATEGORIES / 10) {
        const size_t length = strlen(list);
        snprintf(list + length, LIST_SIZE - length, "%scategory %03u", length == 0 ? "" : "|",
                 category);
    }
}

static struct row
new_row(const char *name, const char *action)
{
    struct row row = {.mode = "compounded",
                      .valid_from = "2026-01-01",
                      .valid_to = "",
                      .channels = "",
                      .needs_coupon = "no",
                      .level = "line",
                      .together = "no",
                      .repeats = "no",
                      .action = action,
                      .free_units = ""};
    SET(row.name, "%s", name);
    return row;
}

/* Those that concern many orders. */
static void
common_rows(struct maker *maker)
{
    struct row row = new_row("Season", "percent");
    for (unsigned int tenth = 0; tenth < 3; tenth++) { /* each on 10 of 400 categories */
        name_tenth(row.categories, tenth);
        SET(row.percent, "%u%%", 3 + tenth);
        put_row(maker, tenth, &row);
    }
    row = new_row("50 off each 1000", "amount");
    row.level = "order", row.repeats = "yes";
    SET(row.minimum_amount, "1000");
    SET(row.amount, "50.00");
    put_row(maker, 3, &row);
    row = new_row("Five at a better price", "percent");
    row.mode = "best-price";
    SET(row.minimum_quantity, "5");
    SET(row.percent, "4%%");
    put_row(maker, 4, &row);
    row = new_row("Welcome", "amount");
    row.level = "order", row.needs_coupon = "yes";
    SET(row.amount, "10.00");
    put_row(maker, 5, &row);
    row = new_row("Buy 10 get 1", "buy-get");
    name_tenth(row.categories, 5);
    SET(row.buy, "10");
    SET(row.get, "1");
    row.free_units = "inclusive";
    put_row(maker, 6, &row);
    row = new_row("Group of the month", "percent");
    row.priority = 10;
    SET(row.groups, "group 01|group 02|group 03");
    SET(row.percent, "2%%");
    put_row(maker, 7, &row);
    row = new_row("Last summer", "percent");
    row.valid_from = "2025-06-01", row.valid_to = "2025-08-31";
    SET(row.percent, "10%%");
    put_row(maker, 8, &row);
    row = new_row("Web shop", "percent");
    row.channels = "web";
    SET(row.percent, "3%%");
    put_row(maker, 9, &row);
}

/* What it gives, to lines. */
static void
choose_action(struct maker *maker, struct row *row)
{
    switch (pick(maker, 4)) {
    case 0:
        row->action = "fixed-price";
        SET(row->price, "%u.90", 1 + pick(maker, 30));
        break;
    case 1:
        row->action = "amount-per-unit";
        SET(row->amount, "0.%02u", 1 + pick(maker, 99));
        break;
    default: SET(row->percent, "%u%%", 1 + pick(maker, 20)); break;
    }
}

static void
choose_when(struct maker *maker, struct row *row)
{
    static const char *const modes[] = {"compounded", "compounded", "best-price", "exclusive"};
    static const char *const periods[][2] = {
        {"2026-01-01", ""},           {"2026-02-01", "2026-12-31"}, {"2026-03-01", "2026-03-31"},
        {"2025-01-01", "2025-12-31"}, {"2026-10-01", "2026-10-31"},
    };
    const unsigned int period = pick(maker, sizeof periods / sizeof periods[0]);
    row->valid_from = periods[period][0];
    row->valid_to = periods[period][1];
    row->mode = modes[pick(maker, sizeof modes / sizeof modes[0])];
    row->priority = 10 * (int)pick(maker, 3);
}

static void
of_customers(struct maker *maker, struct row *row)
{
    name_some(maker, row->customers, "CU-", 4, CUSTOMERS, 3);
    if (pick(maker, 2) == 0) {
        name_skus(maker, row->skus, 4);
    } else {
        name_one(maker, row->categories, "category ", 3, CATEGORIES);
    }
}

static void
of_group(struct maker *maker, struct row *row)
{
    name_one(maker, row->groups, "group ", 2, GROUPS);
    name_one(maker, row->categories, "category ", 3, CATEGORIES);
}

static void
with_coupon(struct maker *maker, struct row *row)
{
    row->needs_coupon = "yes";
    name_skus(maker, row->skus, 8);
    SET(row->limit_customer, "%u", 1 + pick(maker, 3));
}

static void
with_threshold(struct maker *maker, struct row *row)
{
    of_group(maker, row);
    row->together = "yes";
    if (pick(maker, 2) == 0) {
        SET(row->minimum_amount, "%u", 100 * (1 + pick(maker, 20)));
    } else {
        SET(row->minimum_quantity, "%u", 2 + pick(maker, 40));
    }
}

static void
buy_get(struct maker *maker, struct row *row)
{
    row->action = "buy-get";
    row->percent[0] = row->price[0] = row->amount[0] = '\0';
    name_skus(maker, row->skus, 3);
    SET(row->buy, "%u", 2 + pick(maker, 10));
    SET(row->get, "1");
    row->free_units = "inclusive";
    if (pick(maker, 2) == 0) {
        row->free_units = "exclusive";
        name_one(maker, row->get_skus, "SK-", 5, PRODUCTS);
    }
}

/* Of a hundred: 40 for products, 15 for customers, 15 for a group, 10 with a coupon, 10 with a
 * threshold, 10 to buy and get. */
static void
rare_row(struct maker *maker, unsigned int number)
{
    const unsigned int kind = pick(maker, 100);
    struct row row = new_row("Offer", "percent");
    choose_when(maker, &row);
    choose_action(maker, &row);
    if (kind < 40) {
        name_skus(maker, row.skus, 4);
    } else if (kind < 55) {
        of_customers(maker, &row);
    } else if (kind < 70) {
        of_group(maker, &row);
    } else if (kind < 80) {
        with_coupon(maker, &row);
    } else if (kind < 90) {
        with_threshold(maker, &row);
    } else {
        buy_get(maker, &row);
    }
    put_row(maker, number, &row);
}

static void
promotions(struct maker *maker, unsigned int count)
{
    put(maker,
        "code,name,priority,mode,valid_from,valid_to,customers,customer_groups,channels,currency,"
        "needs_coupon,level,skus,categories,together,minimum_quantity,minimum_amount,repeats,"
        "action,percent,price,amount,buy,get,get_skus,free_units,limit_customer\n");
    common_rows(maker);
    for (unsigned int number = 10; number < count; number++) {
        rare_row(maker, number);
    }
}

static void
coupons(struct maker *maker)
{
    put(maker, "code,promotion,limit_total\nWELCOME,P00005,\n");
}

/* -- orders */

static void
orders(struct maker *maker, unsigned int count, unsigned int line_count, unsigned int first,
       const char *date)
{
    put(maker, "order_number,order_date,currency,sold_to_code,ship_to_name,ship_to_country,"
               "ship_to_city,ship_to_postal_code,ship_to_street,coupons,line_number,sku,quantity,"
               "unit\n");
    for (unsigned int number = first; number < first + count; number++) {
        const unsigned int customer = pick(maker, CUSTOMERS);
        const unsigned int lines = line_count > 0 ? line_count : 1 + pick(maker, ORDER_LINES);
        const char *coupon = pick(maker, 20) == 0 ? "WELCOME" : "";
        for (unsigned int line = 1; line <= lines; line++) {
            put(maker,
                "SO-%07u,%s,EUR,CU-%04u,Anna Schmidt,DE,Hamburg,20457,Am Sandtorkai %u,%s,"
                "%u,SK-%05u,%u,C62\n",
                number, date, customer, 1 + number % 199, line == 1 ? coupon : "", line,
                pick(maker, PRODUCTS), 1 + pick(maker, 12));
        }
    }
}

static int
usage(void)
{
    fputs("usage: shop customers|products|prices|coupons|promotions NUMBER|"
          "orders NUMBER [LINES [FIRST DATE]]\n",
          stderr);
    return 2;
}

int
main(int count, char **arguments)
{
    static const struct {
        const char *name;
        void (*make)(struct maker *maker);
    } tables[] = {
        {"customers", customers}, {"products", products}, {"prices", prices}, {"coupons", coupons}};
    struct maker maker = {.random = MAKER_SEED};
    const char *what = count > 1 ? arguments[1] : "";
    const unsigned int number = count > 2 ? (unsigned int)strtoul(arguments[2], NULL, 10) : 0;
    const unsigned int lines = count > 3 ? (unsigned int)strtoul(arguments[3], NULL, 10) : 0;
    const unsigned int first = count > 4 ? (unsigned int)strtoul(arguments[4], NULL, 10) : 0;
    for (size_t index = 0; index < sizeof tables / sizeof tables[0]; index++) {
        if (strcmp(what, tables[index].name) == 0) {
            tables[index].make(&maker);
            return fflush(stdout) == 0 ? 0 : 1;
        }
    }
    if (number == 0) {
        return usage();
    }
    if (strcmp(what, "promotions") == 0) {
        promotions(&maker, number);
    } else if (strcmp(what, "orders") == 0) {
        maker.random += first;
        orders(&maker, number, lines, first, count > 5 ? arguments[5] : "2026-03-02");
    } else {
        return usage();
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
