/* What must hold between the fields of a decision. */
#include "intake/check.h"

enum message
check_decision_fields(const struct decision *decision, const char **field)
{
    const bool is_approved = decision->verdict == DECISION_APPROVE;
    if (decision->verdict == DECISION_DELEGATE && decision->delegate[0] == '\0') {
        *field = "delegate_to";
        return M_DEC_DELEGATE;
    }
    if (!is_approved && decision->strike[0] != '\0') {
        *field = "strike";
        return M_DEC_STRIKE;
    }
    if (!is_approved && decision->reason[0] == '\0') {
        *field = "reason";
        return M_DEC_REASON;
    }
    return MESSAGE_COUNT;
}
