/* hostile.c MODE -- an SFTP server (version 3, on standard input and output) that lies, run as
 * sshd's subsystem.
 *
 * It offers one file "good.xml" of SIZE bytes in every folder, and by mode:
 *   names    names with slashes, dots, NUL, double ones, 255 and 5,000 bytes
 *   endless  a listing that never ends
 *   count    a NAME packet that promises 2^32 - 1 entries
 *   grow     files that never end        shrink   files that end early
 *   short    reads answered with 100 bytes at most
 *   bare     attributes that tell nothing
 *   vast     a size of 2^63
 *   silent   no answer to reading        garbage  noise instead of answers
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SIZE = 1000,
    PACKET_MAX = 300000,
    FXP_INIT = 1,
    FXP_VERSION = 2,
    FXP_OPEN = 3,
    FXP_CLOSE = 4,
    FXP_READ = 5,
    FXP_LSTAT = 7,
    FXP_FSTAT = 8,
    FXP_OPENDIR = 11,
    FXP_READDIR = 12,
    FXP_REMOVE = 13,
    FXP_STAT = 17,
    FXP_STATUS = 101,
    FXP_HANDLE = 102,
    FXP_DATA = 103,
    FXP_NAME = 104,
    FXP_ATTRS = 105,
};

static unsigned char packet[PACKET_MAX];
static size_t length;

static void
put_number(uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        packet[length++] = (unsigned char)(number >> shift);
    }
}

static void
put_bytes(const void *bytes, size_t size)
{
    put_number((uint32_t)size);
    memcpy(packet + length, bytes, size);
    length += size;
}

static uint32_t
get_number(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void
begin(int type, uint32_t id)
{
    length = 4;
    packet[length++] = (unsigned char)type;
    put_number(id);
}

static void
finish(void)
{
    const size_t size = length;
    length = 0;
    put_number((uint32_t)(size - 4));
    for (size_t at = 0; at < size;) {
        const ssize_t put = write(STDOUT_FILENO, packet + at, size - at);
        if (put <= 0) {
            exit(0);
        }
        at += (size_t)put;
    }
}

static bool
receive(unsigned char *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        const ssize_t got = read(STDIN_FILENO, bytes + at, size - at);
        if (got <= 0) {
            return false;
        }
        at += (size_t)got;
    }
    return true;
}

static void
put_attributes(const char *mode)
{
    if (strcmp(mode, "bare") == 0) {
        put_number(0);
        return;
    }
    put_number(1 | 4 | 8); /* size, permissions, times */
    put_number(strcmp(mode, "vast") == 0 ? 0x80000000U : 0);
    put_number(SIZE);
    put_number(0100644);
    put_number(1700000000);
    put_number(1700000000);
}

static void
put_entry(const char *mode, const char *name, size_t size)
{
    put_bytes(name, size);
    put_bytes("-", 1);
    put_attributes(mode);
}

static void
put_names(const char *mode)
{
    static char longest[5000];
    static const char slash[] = "../../etc/evil", inner[] = "a/b", nul[] = "nul\0name.xml",
                      up[] = "..";
    memset(longest, 'L', sizeof longest);
    put_number(9);
    put_entry(mode, slash, sizeof slash - 1);
    put_entry(mode, inner, sizeof inner - 1);
    put_entry(mode, nul, sizeof nul - 1);
    put_entry(mode, up, sizeof up - 1);
    put_entry(mode, "/abs", 4);
    put_entry(mode, longest, sizeof longest);
    put_entry(mode, longest, 255);
    put_entry(mode, "good.xml", 8);
    put_entry(mode, "good.xml", 8);
}

static void
put_endless(const char *mode)
{
    static unsigned int number;
    put_number(100);
    for (int index = 0; index < 100; index++) {
        char name[32];
        put_entry(mode, name, (size_t)snprintf(name, sizeof name, "f%u", number++));
    }
}

static void
answer_status(uint32_t id, uint32_t status)
{
    begin(FXP_STATUS, id);
    put_number(status);
    put_bytes("", 0);
    put_bytes("", 0);
    finish();
}

static void
answer_listing(const char *mode, uint32_t id, bool *has_listed)
{
    const bool is_endless = strcmp(mode, "endless") == 0;
    if (*has_listed && !is_endless) {
        answer_status(id, 1);
        *has_listed = false;
        return;
    }
    *has_listed = true;
    begin(FXP_NAME, id);
    if (strcmp(mode, "names") == 0) {
        put_names(mode);
    } else if (is_endless) {
        put_endless(mode);
    } else {
        put_number(strcmp(mode, "count") == 0 ? 0xFFFFFFFFU : 1);
        put_entry(mode, "good.xml", 8);
    }
    finish();
}

static void
answer_read(const char *mode, uint32_t id, uint64_t offset, uint32_t size)
{
    static char data[65536];
    const uint64_t end = strcmp(mode, "grow") == 0     ? UINT64_MAX
                         : strcmp(mode, "shrink") == 0 ? SIZE / 2
                                                       : SIZE;
    if (strcmp(mode, "silent") == 0) {
        return;
    }
    if (offset >= end) {
        answer_status(id, 1);
        return;
    }
    uint64_t part = end - offset < size ? end - offset : size;
    part = part > 32768 ? 32768 : part;
    if (strcmp(mode, "short") == 0 && part > 100) {
        part = 100;
    }
    memset(data, 'd', sizeof data);
    begin(FXP_DATA, id);
    put_bytes(data, (size_t)part);
    finish();
}

static void
answer(const char *mode, const unsigned char *asked, size_t size, bool *has_listed)
{
    const uint32_t id = size >= 5 ? get_number(asked + 1) : 0;
    switch (asked[0]) {
    case FXP_INIT:
        length = 4;
        packet[length++] = FXP_VERSION;
        put_number(3);
        finish();
        return;
    case FXP_OPEN:
    case FXP_OPENDIR:
        begin(FXP_HANDLE, id);
        put_bytes("h", 1);
        finish();
        return;
    case FXP_READDIR: answer_listing(mode, id, has_listed); return;
    case FXP_STAT:
    case FXP_LSTAT:
    case FXP_FSTAT:
        begin(FXP_ATTRS, id);
        put_attributes(mode);
        finish();
        return;
    case FXP_READ: {
        const unsigned char *at = asked + 9 + get_number(asked + 5);
        answer_read(mode, id, (uint64_t)get_number(at) << 32 | get_number(at + 4),
                    get_number(at + 8));
        return;
    }
    case FXP_CLOSE:
    case FXP_REMOVE: answer_status(id, 0); return;
    default: answer_status(id, 8); return;
    }
}

int
main(int count, char **arguments)
{
    static unsigned char asked[PACKET_MAX];
    const char *mode = count > 1 ? arguments[1] : "";
    unsigned char size[4];
    bool has_listed = false;
    for (int number = 0; receive(size, 4); number++) {
        const size_t length_asked = get_number(size);
        if (length_asked == 0 || length_asked > sizeof asked || !receive(asked, length_asked)) {
            return 1;
        }
        if (number > 0 && strcmp(mode, "garbage") == 0) {
            memset(packet, 0xA5, 512);
            length = 512;
            finish();
            continue;
        }
        answer(mode, asked, length_asked, &has_listed);
    }
    return 0;
}
