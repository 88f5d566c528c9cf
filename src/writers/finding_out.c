#include "writers/finding_out.h"

const char *
finding_out_scope(const struct finding *finding)
{
    if (finding->field[0] != '\0') {
        return "field";
    }
    if (finding->order_line[0] != '\0') {
        return "line";
    }
    return finding->order_number[0] != '\0' ? "order" : "file";
}

static void
put_place(struct xml_out *xml, const struct finding *finding)
{
    if (finding->place.line > 0) {
        xml_out_integer(xml, "fileLine", finding->place.line);
    }
    if (finding->place.column > 0) {
        xml_out_integer(xml, "fileColumn", finding->place.column);
    }
}

void
finding_out_xml(struct xml_out *xml, const struct finding *finding, enum language language,
                struct arena *arena)
{
    xml_out_open(xml, "finding");
    xml_out_text(xml, "severity", severity_names[finding_severity(finding->code)]);
    xml_out_text(xml, "code", message_entry(finding->code)->id);
    xml_out_text(xml, "scope", finding_out_scope(finding));
    xml_out_text_if(xml, "orderNumber", finding->order_number);
    xml_out_text_if(xml, "lineNumber", finding->order_line);
    put_place(xml, finding);
    xml_out_text_if(xml, "field", finding->field);
    xml_out_text_if(xml, "value", finding->value);
    xml_out_text(xml, "rule", finding_text(finding, FINDING_RULE, language, arena));
    xml_out_text_if(xml, "expected", finding->expected);
    xml_out_text_if(xml, "hint", finding_text(finding, FINDING_HINT, language, arena));
    xml_out_text_if(xml, "suggestion", finding->hint);
    xml_out_text(xml, "action", finding_text(finding, FINDING_ACTION, language, arena));
    xml_out_close(xml);
}

void
finding_out_csv(struct csv_out *csv, const struct finding *finding, enum language language,
                struct arena *arena)
{
    csv_out_text(csv, severity_names[finding_severity(finding->code)]);
    csv_out_text(csv, message_entry(finding->code)->id);
    csv_out_text(csv, finding_out_scope(finding));
    csv_out_integer_if(csv, finding->place.line);
    csv_out_integer_if(csv, finding->place.column);
    csv_out_shown(csv, finding->field);
    csv_out_shown(csv, finding->value);
    csv_out_text(csv, finding_text(finding, FINDING_RULE, language, arena));
    csv_out_shown(csv, finding->expected);
    csv_out_text(csv, finding_text(finding, FINDING_HINT, language, arena));
    csv_out_shown(csv, finding->hint);
    csv_out_text(csv, finding_text(finding, FINDING_ACTION, language, arena));
}
