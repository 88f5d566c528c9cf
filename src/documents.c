/* documents.c -- the table of everything that can go out: one writer per kind and format. */
#include "writers/documents.h"
#include "reports/report.h"

const struct writer *const document_writers[] = {
    &acknowledgement_xml_writer,
    &acknowledgement_csv_writer,
    &order_response_xml_writer,
    &order_response_csv_writer,
    &order_status_xml_writer,
    &order_status_csv_writer,
    &release_xml_writer,
    &release_csv_writer,
    &shipment_notice_xml_writer,
    &shipment_notice_csv_writer,
    &approval_request_xml_writer,
    &approval_request_csv_writer,
    &approval_request_html_writer,
    &approval_request_mail_writer,
    &approval_result_xml_writer,
    &approval_result_csv_writer,
    &report_html_writer,
    &report_csv_writer,
    &report_xlsx_writer,
    &report_pdf_writer,
    &report_mail_writer,
    &invoice_xml_writer,
    &invoice_csv_writer,
    &production_request_xml_writer,
    &production_request_csv_writer,
    &stop_notice_xml_writer,
    &stop_notice_csv_writer,
    &delay_warning_xml_writer,
    &delay_warning_csv_writer,
    &delay_warning_mail_writer,
    &cancellation_statement_xml_writer,
    &cancellation_statement_csv_writer,
    &return_authorisation_xml_writer,
    &return_authorisation_csv_writer,
    &change_response_xml_writer,
    &change_response_csv_writer,
};
const size_t document_writer_count = sizeof document_writers / sizeof document_writers[0];

const struct document_weight document_weights[] = {{KIND_REPORT, report_weigh}};
const size_t document_weight_count = sizeof document_weights / sizeof document_weights[0];
