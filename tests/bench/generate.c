/* generate.c -- orders of the sample company, the same for the same arguments.
 *
 *     generate csv|xml orders NUMBER [FIRST]      so many orders, numbered from FIRST (default 1)
 *     generate csv|xml bytes  NUMBER [FIRST]      as many orders as fill so many bytes
 *
 * Orders have 1 to 5 lines (3 on average) of products of samples/master/products.csv, an address,
 * sometimes a note and an option.  Amounts stay below every approval limit, so that all go through
 * to the warehouse. */
#include "maker.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

static const struct {
    const char *sku;
    const char *unit;
    const char *option; /* "name=value", or NULL */
} products[] = {
    {"LJ-100", "C62", "packing=tin"}, {"LJ-250", "C62", NULL},  {"BLC-100", "C62", NULL},
    {"TGY-250", "C62", NULL},         {"DHP-050", "C62", NULL}, {"PE-357", "C62", NULL},
    {"BHYZ-100", "C62", NULL},        {"MLH-KG", "KGM", NULL},  {"GW-150", "C62", "colour=celadon"},
    {"YX-200", "C62", "clay=zhuni"},  {"TRAY-B", "C62", NULL},
};
enum { PRODUCT_COUNT = sizeof products / sizeof products[0] };

static const char *const cities[][2] = {{"Hamburg", "20457"}, {"Berlin", "10115"},
                                        {"Köln", "50667"},    {"Leipzig", "04109"},
                                        {"Lübeck", "23552"},  {"München", "80331"}};
static const char *const streets[] = {"Am Sandtorkai", "Hüxstraße", "Lange Straße", "Teegasse",
                                      "Hafenweg"};

struct address {
    const char *city;
    const char *postal_code;
    const char *street;
    unsigned int house;
};

static struct address
pick_address(struct maker *maker)
{
    const unsigned int city = pick(maker, sizeof cities / sizeof cities[0]);
    return (struct address){cities[city][0], cities[city][1],
                            streets[pick(maker, sizeof streets / sizeof streets[0])],
                            1 + pick(maker, 199)};
}

static void
xml_line(struct maker *maker, unsigned int number)
{
    const unsigned int product = pick(maker, PRODUCT_COUNT);
    put(maker, "    <line>\n      <number>%u</number>\n      <sku>%s</sku>\n", number,
        products[product].sku);
    put(maker, "      <quantity unit=\"%s\">%u</quantity>\n", products[product].unit,
        1 + pick(maker, 4));
    if (products[product].option != NULL) {
        const char *value = strchr(products[product].option, '=');
        put(maker, "      <option name=\"%.*s\">%s</option>\n",
            (int)(value - products[product].option), products[product].option, value + 1);
    }
    put(maker, "    </line>\n");
}

static void
xml_order(struct maker *maker, uint64_t number)
{
    const struct address address = pick_address(maker);
    const unsigned int lines = 1 + pick(maker, 5);
    put(maker,
        "  <order>\n    <number>NL-%09" PRIu64 "</number>\n    <orderDate>2026-03-02</orderDate>\n"
        "    <currency>EUR</currency>\n"
        "    <requestedDelivery><from>2026-03-16</from></requestedDelivery>\n"
        "    <soldTo>\n      <code>NORD</code>\n      <name>Nordlicht Teehandel GmbH</name>\n"
        "      <phone>+49 40 3344556</phone>\n      <address>\n        <country>DE</country>\n"
        "        <city>%s</city>\n        <postalCode>%s</postalCode>\n"
        "        <street>%s %u</street>\n      </address>\n    </soldTo>\n",
        number, address.city, address.postal_code, address.street, address.house);
    if (pick(maker, 4) == 0) {
        put(maker, "    <note kind=\"delivery\">Bitte an der Rampe %u abgeben.</note>\n",
            1 + pick(maker, 9));
    }
    for (unsigned int line = 1; line <= lines; line++) {
        xml_line(maker, line);
    }
    put(maker, "  </order>\n");
}

/* The columns are those of schemas/order.csv.json. */
static void
csv_order(struct maker *maker, uint64_t number)
{
    const struct address address = pick_address(maker);
    const unsigned int lines = 1 + pick(maker, 5);
    const bool has_note = pick(maker, 4) == 0;
    for (unsigned int line = 1; line <= lines; line++) {
        const unsigned int product = pick(maker, PRODUCT_COUNT);
        put(maker,
            "NL-%09" PRIu64 ",2026-03-02,EUR,2026-03-16,NORD,Nordlicht Teehandel GmbH,+49 40 "
            "3344556,DE,%s,%s,%s %u,",
            number, address.city, address.postal_code, address.street, address.house);
        put(maker, "%s,%u,%s,%u,%s,%s\n",
            has_note && line == 1 ? "\"Bitte klingeln, Rampe 3\"" : "", line, products[product].sku,
            1 + pick(maker, 4), products[product].unit,
            products[product].option != NULL ? products[product].option : "");
    }
}

int
main(int count, char **arguments)
{
    struct maker maker = {.random = MAKER_SEED};
    if (count < 4 || count > 5) {
        fputs("usage: generate csv|xml orders|bytes NUMBER [FIRST]\n", stderr);
        return 2;
    }
    const bool is_xml = strcmp(arguments[1], "xml") == 0;
    const bool by_bytes = strcmp(arguments[2], "bytes") == 0;
    const uint64_t wanted = strtoull(arguments[3], NULL, 10);
    const uint64_t first = count == 5 ? strtoull(arguments[4], NULL, 10) : 1;
    maker.random += first;
    put(&maker,
        is_xml
            ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<orders xmlns=\"urn:purser:order:1\">\n"
            : "order_number,order_date,currency,requested_from,sold_to_code,sold_to_name,sold_to_"
              "phone,"
              "sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street,delivery_note,"
              "line_number,"
              "sku,quantity,unit,options\n");
    for (uint64_t made = 0; by_bytes ? maker.written < wanted : made < wanted; made++) {
        (is_xml ? xml_order : csv_order)(&maker, first + made);
    }
    if (is_xml) {
        put(&maker, "</orders>\n");
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
