# purser -- `make demo` runs the main job on real parts, `make check` passes every test; each installs what is missing.
# `make` alone builds .build/purser.  Everything made goes to .build/ (see src/README.md for the tour of the code).

PREFIX  ?= /usr/local
DESTDIR ?=
CC       = gcc
BUILD   ?= .build
# What the program needs, what the tests and checks need beside it (Debian package names).
PACKAGES       = gcc libc6-dev make pkg-config libxml2-dev libcsv-dev libsqlite3-dev libssh2-1-dev libssl-dev \
                 libconfuse-dev libjansson-dev libutf8proc-dev libxlsxwriter-dev tzdata
DEMO_PACKAGES  = $(PACKAGES) openssh-server openssh-client
CHECK_PACKAGES = $(DEMO_PACKAGES) libcmocka-dev bats libxml2-utils sqlite3 clang-format clang-tidy cppcheck mandoc \
                 shellcheck chromium

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
LIBRARIES = libxml-2.0 sqlite3 libssh2 libcrypto libconfuse jansson libutf8proc xlsxwriter
INCLUDES := -Isrc -I$(BUILD)/gen $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
MODE     = -O2 -g
CFLAGS   = -std=c17 -D_GNU_SOURCE -pthread $(WARNINGS) $(MODE) $(INCLUDES)
LDLIBS   := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lcsv -lm
# Warnings are judged in the plain build; sanitizers make gcc see ghosts.
SANITIZE = BUILD=.build/asan MODE="-O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -w"

sources   := $(sort $(wildcard src/*.c src/*/*.c))
objects   := $(sources:src/%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/embedded.o
library   := $(filter-out $(BUILD)/obj/main.o,$(objects))
generated := $(BUILD)/gen/statements.gen.h $(BUILD)/gen/statement_names.gen.h \
             $(BUILD)/gen/messages.gen.h $(BUILD)/gen/message_names.gen.h
schemas   := $(sort $(shell cd schemas && find . -type f -name '*.*' | sed 's|^\./||'))

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: all demo check packages-demo packages-check unit unit-programs tools asan asan-build asan-sftp scenarios sftp \
        sftp-programs cli lint crash bench install clean

all: $(BUILD)/purser

# Both start where nothing is installed, not even pkg-config: the packages come first, then make anew.
demo: packages-demo
	@$(MAKE) --no-print-directory -s -j2 all
	@tests/demo.sh

check: packages-check
	@tests/check.sh

packages-demo:
	@tests/packages.sh $(DEMO_PACKAGES)

packages-check:
	@tests/packages.sh $(CHECK_PACKAGES)

$(BUILD)/purser: $(objects)
	$(CC) -pthread $(MODE) -o $@ $^ $(LDLIBS)

$(BUILD)/obj/%.o: src/%.c $(generated)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/statements.gen.h: src/store/sql2c.awk $(sort $(wildcard src/store/*.sql))
	@mkdir -p $(@D)
	awk -f $^ > $@

$(BUILD)/gen/statement_names.gen.h: src/store/sql2c.awk $(sort $(wildcard src/store/*.sql))
	@mkdir -p $(@D)
	awk -v what=names -f $^ > $@

$(BUILD)/gen/message_names.gen.h: src/order/messages2c.awk $(sort $(wildcard schemas/messages/*.csv))
	@mkdir -p $(@D)
	awk -v what=names -f $^ > $@

$(BUILD)/gen/messages.gen.h: src/order/messages2c.awk $(sort $(wildcard schemas/messages/*.csv))
	@mkdir -p $(@D)
	LC_ALL=C awk -f $^ > $@

# The list of schemas is an input too, so that a new or removed file makes the table anew.
$(BUILD)/gen/embedded.gen.S: src/config/embed.awk $(schemas:%=schemas/%)
	@mkdir -p $(@D)
	printf '%s\n' $(schemas) | awk -v root=schemas -f $< > $@

$(BUILD)/obj/embedded.o: $(BUILD)/gen/embedded.gen.S
	@mkdir -p $(@D)
	$(CC) -c -o $@ $<

# One program per tests/unit/test_*.c, each with all of src but main.
unit_sources  := $(sort $(wildcard tests/unit/test_*.c))
unit_programs := $(unit_sources:tests/unit/%.c=$(BUILD)/unit/%)

$(BUILD)/libpurser.a: $(library)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libpurser.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libpurser.a $(LDLIBS) -lcmocka

unit-programs: $(unit_programs)

unit: $(unit_programs)
	@status=0; for program in $^; do $$program 2>&1 || { echo "not ok $$program"; status=1; }; done; exit $$status

# Programs of the tests that stand beside the program: .build/tools/crash from tests/crash/crash.c, and so on.
tools := $(patsubst %.c,$(BUILD)/tools/%,$(notdir $(wildcard tests/crash/*.c tests/bench/*.c)))
tools: $(tools)

vpath %.c tests/crash tests/bench
$(BUILD)/tools/%: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $< $(LDLIBS)

# Programs of tests/sftp: the courier on a real sshd.
sftp_helpers := tests/sftp/stage.c tests/sftp/proxy.c
sftp_programs := $(patsubst tests/sftp/%.c,$(BUILD)/sftp/%,$(wildcard tests/sftp/test_*.c))

$(BUILD)/sftp/%: tests/sftp/%.c $(sftp_helpers) $(wildcard tests/sftp/*.h) $(BUILD)/libpurser.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $< $(sftp_helpers) $(BUILD)/libpurser.a $(LDLIBS) -lcmocka

$(BUILD)/sftp/shadow.so: tests/sftp/shadow.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE $(WARNINGS) -O2 -shared -fPIC -o $@ $< -lcrypt

$(BUILD)/sftp/hostile: tests/sftp/hostile.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE $(WARNINGS) -O2 -o $@ $<

sftp-programs: $(sftp_programs) $(BUILD)/sftp/strike $(BUILD)/sftp/shadow.so $(BUILD)/sftp/hostile

sftp: sftp-programs
	@tests/sftp/run.sh

# The suites of `make check` one by one, and the two long measurements.
asan: asan-build
	@$(MAKE) --no-print-directory -s $(SANITIZE) unit

asan-build:
	@$(MAKE) --no-print-directory -s $(SANITIZE) all unit-programs sftp-programs

# The courier on a real server, with sanitizers: the first error ends a program, so that none is overlooked.
asan-sftp: asan-build
	@BUILD=.build/asan UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 tests/sftp/run.sh

scenarios: all
	@tests/scenarios/run.sh

lint:
	@tests/lint.sh

# make crash STRIKES=kill is the shorter sweep.
crash: all $(tools)
	@tests/crash/run.sh $(if $(STRIKES),--strikes "$(STRIKES)")
	@tests/sftp/faults.sh

bench: all $(tools)
	@tests/bench/run.sh

# The program, its manual, the schemas for partners and people, and examples for cron and systemd.
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/doc/purser/examples
	install -m 755 $(BUILD)/purser $(DESTDIR)$(PREFIX)/bin/purser
	install -m 644 src/cli/purser.1 $(DESTDIR)$(PREFIX)/share/man/man1/purser.1
	for file in $(schemas); do install -D -m 644 schemas/$$file $(DESTDIR)$(PREFIX)/share/purser/schemas/$$file; done
	install -m 644 src/cli/install/purser.cron $(DESTDIR)$(PREFIX)/share/doc/purser/examples/purser.cron
	sed 's|/usr/local/bin/|$(PREFIX)/bin/|' src/cli/install/purser.service > $(BUILD)/purser.service
	install -D -m 644 $(BUILD)/purser.service $(DESTDIR)$(PREFIX)/lib/systemd/system/purser.service
	install -m 644 src/cli/install/purser.timer $(DESTDIR)$(PREFIX)/lib/systemd/system/purser.timer

clean:
	rm -rf $(BUILD)

-include $(sort $(wildcard $(BUILD)/obj/*.d $(BUILD)/obj/*/*.d $(BUILD)/unit/*.d))
