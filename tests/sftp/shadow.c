/* shadow.c -- preloaded into the test's sshd: the password of every user is "correct horse",
 * whatever the machine says. So password logins are tested without touching the machine's users. */
#include <crypt.h>
#include <shadow.h>
#include <stddef.h>

struct spwd *getspnam(const char *name);

struct spwd *
getspnam(const char *name)
{
    static struct spwd entry;
    static struct crypt_data data;
    entry.sp_namp = (char *)(size_t)name;
    entry.sp_pwdp = crypt_r("correct horse", "$6$saltsalt$", &data);
    entry.sp_lstchg = -1;
    entry.sp_min = entry.sp_max = entry.sp_warn = entry.sp_inact = entry.sp_expire = -1;
    return &entry;
}
