/* amend_promises.h -- private to cli/: what a change that is only tried would do to promised days.
 */
#ifndef PURSER_AMEND_PROMISES_H
#define PURSER_AMEND_PROMISES_H

#include "cli/command.h"
#include "desk/desk.h"

void amend_promises_json(struct json *json, const struct change_promises *promises);
void amend_promises_show(struct cli *cli, const struct change_promises *promises);

#endif
