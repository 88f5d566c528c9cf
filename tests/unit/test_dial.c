/* Dialling a host with several addresses, of which some are dead. */
#include "courier/dial.h"

#include "base/date.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { PLACES = 3, PATIENCE_MS = 20000, FILLERS = 8 };

/* Addresses of the loopback network, each with a port of its own. */
struct street {
    struct sockaddr_in places[PLACES];
    struct addrinfo list[PLACES];
    int listeners[PLACES];
    int fillers[PLACES][FILLERS];
};

static void
move_in(struct street *street, int place, int backlog)
{
    struct sockaddr_in *address = &street->places[place];
    socklen_t size = sizeof *address;
    *address = (struct sockaddr_in){.sin_family = AF_INET,
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)place)};
    street->listeners[place] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(street->listeners[place], (struct sockaddr *)address, size), 0);
    assert_int_equal(getsockname(street->listeners[place], (struct sockaddr *)address, &size), 0);
    if (backlog >= 0) {
        assert_int_equal(listen(street->listeners[place], backlog), 0);
    }
    street->list[place] = (struct addrinfo){
        .ai_family = AF_INET, .ai_addr = (struct sockaddr *)address, .ai_addrlen = sizeof *address};
    if (place > 0) {
        street->list[place - 1].ai_next = &street->list[place];
    }
}

static void
move_in_good(struct street *street, int place)
{
    move_in(street, place, 8);
}

/* Bound, so that nobody else gets the port, but not listening. */
static void
move_in_refusing(struct street *street, int place)
{
    move_in(street, place, -1);
}

/* Its queue is full: the kernel drops what else comes. */
static void
move_in_silent(struct street *street, int place)
{
    move_in(street, place, 0);
    for (int index = 0; index < FILLERS; index++) {
        const int filler = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        (void)!connect(filler, (struct sockaddr *)&street->places[place], sizeof *street->places);
        street->fillers[place][index] = filler;
    }
}

static void
move_out(struct street *street)
{
    for (int place = 0; place < PLACES; place++) {
        for (int index = 0; index < FILLERS && street->fillers[place][index] > 0; index++) {
            close(street->fillers[place][index]);
        }
        if (street->listeners[place] > 0) {
            close(street->listeners[place]);
        }
    }
}

static int
lowest_free_descriptor(void)
{
    const int free = dup(STDIN_FILENO);
    close(free);
    return free;
}

static void
assert_reached(const struct street *street, int place)
{
    struct sockaddr_in reached = {0};
    socklen_t size = sizeof reached;
    const int before = lowest_free_descriptor();
    const int64_t begin_ms = clock_ticks_ms();
    const int line = dial(street->list, PATIENCE_MS);
    assert_true(line >= 0);
    assert_true(clock_ticks_ms() - begin_ms < PATIENCE_MS / 4);
    assert_int_equal(getpeername(line, (struct sockaddr *)&reached, &size), 0);
    assert_int_equal(reached.sin_port, street->places[place].sin_port);
    close(line);
    assert_int_equal(lowest_free_descriptor(), before);
}

static void
a_silent_address_costs_a_moment(void **state)
{
    struct street street = {0};
    (void)state;
    move_in_silent(&street, 0);
    move_in_silent(&street, 1);
    move_in_good(&street, 2);
    assert_reached(&street, 2);
    move_out(&street);
}

static void
a_refusing_address_costs_nothing(void **state)
{
    struct street street = {0};
    (void)state;
    move_in_refusing(&street, 0);
    move_in_silent(&street, 1);
    move_in_good(&street, 2);
    assert_reached(&street, 2);
    move_out(&street);
}

static void
the_first_that_answers_is_taken(void **state)
{
    struct street street = {0};
    (void)state;
    move_in_good(&street, 0);
    move_in_good(&street, 1);
    assert_reached(&street, 0);
    move_out(&street);
}

static void
all_silent_ends_in_time(void **state)
{
    struct street street = {0};
    (void)state;
    move_in_silent(&street, 0);
    move_in_silent(&street, 1);
    const int before = lowest_free_descriptor();
    const int64_t begin_ms = clock_ticks_ms();
    assert_int_equal(dial(street.list, 400), -1);
    assert_int_equal(errno, ETIMEDOUT);
    assert_in_range(clock_ticks_ms() - begin_ms, 400, PATIENCE_MS / 4);
    assert_int_equal(lowest_free_descriptor(), before);
    move_out(&street);
}

static void
all_refusing_is_told(void **state)
{
    struct street street = {0};
    (void)state;
    move_in_refusing(&street, 0);
    move_in_refusing(&street, 1);
    const int64_t begin_ms = clock_ticks_ms();
    assert_int_equal(dial(street.list, PATIENCE_MS), -1);
    assert_int_equal(errno, ECONNREFUSED);
    assert_true(clock_ticks_ms() - begin_ms < PATIENCE_MS / 4);
    move_out(&street);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_silent_address_costs_a_moment),
        cmocka_unit_test(a_refusing_address_costs_nothing),
        cmocka_unit_test(the_first_that_answers_is_taken),
        cmocka_unit_test(all_silent_ends_in_time),
        cmocka_unit_test(all_refusing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
