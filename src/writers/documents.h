/* documents.h -- the writers of this folder, for the table of all writers in documents.c. */
#ifndef PURSER_DOCUMENTS_H
#define PURSER_DOCUMENTS_H

#include "writers/writer.h"

extern const struct writer acknowledgement_xml_writer;
extern const struct writer acknowledgement_csv_writer;
extern const struct writer order_response_xml_writer;
extern const struct writer order_response_csv_writer;
extern const struct writer order_status_xml_writer;
extern const struct writer order_status_csv_writer;
extern const struct writer release_xml_writer;
extern const struct writer release_csv_writer;
extern const struct writer shipment_notice_xml_writer;
extern const struct writer shipment_notice_csv_writer;
extern const struct writer approval_request_xml_writer;
extern const struct writer approval_request_csv_writer;
extern const struct writer approval_request_html_writer;
extern const struct writer approval_request_mail_writer;
extern const struct writer approval_result_xml_writer;
extern const struct writer approval_result_csv_writer;
extern const struct writer production_request_xml_writer;
extern const struct writer production_request_csv_writer;
extern const struct writer stop_notice_xml_writer;
extern const struct writer stop_notice_csv_writer;
extern const struct writer delay_warning_xml_writer;
extern const struct writer delay_warning_csv_writer;
extern const struct writer delay_warning_mail_writer;
extern const struct writer cancellation_statement_xml_writer;
extern const struct writer cancellation_statement_csv_writer;
extern const struct writer return_authorisation_xml_writer;
extern const struct writer return_authorisation_csv_writer;
extern const struct writer change_response_xml_writer;
extern const struct writer change_response_csv_writer;
extern const struct writer invoice_xml_writer;
extern const struct writer invoice_csv_writer;

#endif
