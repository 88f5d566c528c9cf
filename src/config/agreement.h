/* agreement.h -- what one key says must go with what others say: private to src/config. */
#ifndef PURSER_AGREEMENT_H
#define PURSER_AGREEMENT_H

#include "config/conffile.h"
#include "config/keyvalue.h"

/* After all sections are read; adds mistakes. */
void agreement_check(const struct value_context *context, const struct config_section *company,
                     const struct config_section *planning, const struct config_section *report);

#endif
