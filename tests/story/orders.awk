# orders.awk -- the order file of a partner for a day, from orders.csv.
NR > 1 && $1 == day && $2 == partner {
    if (!begun++)
        print "order_number,order_date,currency,requested_to,line_number,sku,quantity,unit,delivery_note," \
              "sold_to_code,sold_to_name,sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street"
    split(address[partner], a, "|")
    printf "%s,2026-06-%02d,EUR,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", $3, day, $4, $5, $6, $7, $8, $9,
           toupper(partner), a[1], a[2], a[3], a[4], a[5]
}
BEGIN {
    address["atelier"] = "Atelier Morgen|DE|Leipzig|04229|Spinnereistraße 7"
    address["bistro"] = "Bistro Lumière|FR|Lyon|69002|Rue Mercière 12"
    address["clinic"] = "Klinik am Park|AT|Graz|8010|Parkring 4"
    address["dock"] = "Dock 9|NL|Rotterdam|3011 AA|Maaskade 9"
}
