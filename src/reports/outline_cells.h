/* outline_cells.h -- what the cells of a section say on the page. */
#ifndef PURSER_OUTLINE_CELLS_H
#define PURSER_OUTLINE_CELLS_H

#include "reports/outline.h"

/* A number of a column; amounts are of the currency, other numbers have so many places. */
const char *outline_number_text(struct page *page, const struct described_column *column,
                                int64_t number, const char *currency, int places);

/* In words, where it is one of ours, and people by their names; "" of nothing. */
const char *outline_cell_text(struct page *page, const struct outline_view *view,
                              const struct outline_cell *cell, const char *currency, int places);

/* Their names stand in a column beside them: "Anna Berg (C100)". */
bool outline_is_customer(const struct described_column *column);
const char *outline_customer_text(struct page *page, const struct outline_cell *cells, size_t count,
                                  const char *code);

/* A quantity, of the unit that the row says. */
bool outline_is_in_units(const struct described_column *column);

#endif
