# SPDX-License-Identifier: GPL-2.0
# How allocwatch is built and tested.  `make help` lists what can be made.
#
# Everything made goes below build/: one directory an architecture and way of
# linking (x86_64, arm64, arm64-static), the BPF objects of an architecture
# in bpf-ARCH.  V=1 shows commands, WERROR=1 makes warnings errors.

VERSION := 0.1.0

HOST_ARCH := $(patsubst aarch64,arm64,$(shell uname -m))
ARCH ?= $(HOST_ARCH)
ifeq ($(filter $(ARCH),x86_64 arm64),)
$(error ARCH=$(ARCH) is not known: x86_64 or arm64)
endif

OUT := build/$(ARCH)$(if $(STATIC),-static)
BPF_OUT := build/bpf-$(ARCH)
TERMINFO_OUT := build/terminfo

ifneq ($(V),1)
.SILENT:
say = @printf '  %-8s %s\n' $(1) $(2)
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# ---- tools ----

# Goals that need nothing but make.
PLAIN_GOALS := deps clean distclean help kmod test-sources
ifneq ($(filter-out $(PLAIN_GOALS),$(or $(MAKECMDGOALS),all)),)
# These two do all the set-up by themselves; the others say what to run.
SET_UP_GOALS := demo test
ifneq ($(filter $(SET_UP_GOALS),$(MAKECMDGOALS)),)
ready := $(shell { packaging/deps check 2>/dev/null || packaging/deps install; } >&2 && echo yes)
else
ready := $(shell packaging/deps check >&2 && echo yes)
endif
ifneq ($(ready),yes)
$(error tools are missing: run "make deps")
endif
BPFTOOL ?= $(shell packaging/find-bpftool)
endif

CLANG ?= clang
LLVM_STRIP ?= $(firstword $(shell command -v llvm-strip llvm-strip-14 2>/dev/null) true)

ifneq ($(ARCH),$(HOST_ARCH))
ifeq ($(ARCH),arm64)
CC := aarch64-linux-gnu-gcc
ifneq ($(filter-out $(PLAIN_GOALS),$(or $(MAKECMDGOALS),all)),)
SYSROOT := $(shell packaging/sysroot arm64)
ifeq ($(SYSROOT),)
$(error the arm64 libraries could not be fetched: the message above says why)
endif
endif
SYSROOT_CFLAGS = -isystem $(SYSROOT)/usr/include -isystem $(SYSROOT)/usr/include/aarch64-linux-gnu
SYSROOT_LDFLAGS = -L$(SYSROOT)/usr/lib/aarch64-linux-gnu \
	-Wl,-rpath-link,$(SYSROOT)/usr/lib/aarch64-linux-gnu
else
$(error building for $(ARCH) on $(HOST_ARCH) is not set up: arm64 on x86_64 is)
endif
else
CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
endif

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
	-Wpointer-arith -Wvla $(if $(WERROR),-Werror)
CFLAGS ?= -O2 -g
CPPFLAGS += -D_GNU_SOURCE -DAW_VERSION_TEXT='"$(VERSION)"' -Iuser -I$(BPF_OUT) -I$(TERMINFO_OUT)
COMPILE = $(CC) -std=gnu11 $(CPPFLAGS) $(SYSROOT_CFLAGS) $(CFLAGS) $(WARNINGS) $(SANITIZE) -MMD -MP
LIBS := -ltraceevent -lbpf -lelf -lz -ljansson -lncursesw -ltinfo $(if $(STATIC),,-lpthread -ldl)
LINK = $(CC) $(CFLAGS) $(SANITIZE) $(if $(STATIC),-static -s) $(LDFLAGS) $(SYSROOT_LDFLAGS)

# ---- BPF: one source, three builds of it ----

BPF_ARCH := $(if $(filter arm64,$(ARCH)),arm64,x86)
BPF_CFLAGS := -g -O2 -target bpf -D__TARGET_ARCH_$(BPF_ARCH) -Ivmlinux/$(ARCH) -Ibpf \
	-Wall -Wno-unused-function $(if $(WERROR),-Werror)
BPF_BUILDS := allocwatch allocwatch_nopercpu allocwatch_nobtf
BPF_FLAGS_allocwatch_nopercpu := -DAW_NO_PERCPU
BPF_FLAGS_allocwatch_nobtf := -DAW_NO_BTF -DBPF_NO_PRESERVE_ACCESS_INDEX
SKELETONS := $(BPF_BUILDS:%=$(BPF_OUT)/%.skel.h)

$(BPF_OUT)/%.bpf.o: bpf/allocwatch.bpf.c Makefile
	$(call say,BPF,$@)
	mkdir -p $(@D)
	$(CLANG) $(BPF_CFLAGS) $(BPF_FLAGS_$*) -MMD -MP -MF $(@:.o=.d) -MT $@ -c $< -o $@
	$(LLVM_STRIP) -g $@

$(BPF_OUT)/%.skel.h: $(BPF_OUT)/%.bpf.o
	$(call say,SKEL,$@)
	$(BPFTOOL) gen skeleton $< name $*_bpf > $@.new
	mv $@.new $@

.PRECIOUS: $(BPF_OUT)/%.bpf.o $(BPF_OUT)/%.skel.h

# ---- terminals that the program describes itself ----

$(TERMINFO_OUT)/terminfo_entries.h: user/output/live/terminfo.sh
	$(call say,TERMINFO,$@)
	mkdir -p $(@D)
	$< > $@

# ---- the program ----

# HTTP is left out of the static build, where a file serves: docs/serve.md.
HTTP_SOURCES := user/serve/http.c user/serve/mhd.c user/serve/accept.c user/serve/listen.c
NO_HTTP_SOURCES := user/serve/http_none.c
SOURCES := $(filter-out $(if $(STATIC),$(HTTP_SOURCES),$(NO_HTTP_SOURCES)), \
	$(sort $(wildcard user/*.c user/*/*.c user/*/*/*.c)))
OBJECTS := $(SOURCES:%.c=$(OUT)/%.o)
LIBRARY_OBJECTS := $(filter-out $(OUT)/user/main.o,$(OBJECTS))

all: $(OUT)/allocwatch

$(OUT)/allocwatch: $(OBJECTS)
	$(call say,LINK,$@)
	$(LINK) $^ $(LIBS) -o $@

$(OUT)/%.o: %.c Makefile | $(SKELETONS) $(TERMINFO_OUT)/terminfo_entries.h
	$(call say,CC,$@)
	mkdir -p $(@D)
	$(COMPILE) -c $< -o $@

static:
	+$(MAKE) --no-print-directory STATIC=1 ARCH=$(ARCH) all

# ---- the workload ----

WORKLOAD := $(sort $(wildcard tests/workload/*.c))

# Plain libc only: needs no sysroot, and runs on kernels back to 3.18.
workload: $(OUT)/repro $(OUT)/deny $(OUT)/heartbeat
$(OUT)/repro: $(WORKLOAD) $(wildcard tests/workload/*.h) Makefile
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 $(WARNINGS) -static $(WORKLOAD) -o $@

$(OUT)/deny: tests/workload/deny/deny.c Makefile
$(OUT)/heartbeat: tests/workload/heartbeat/heartbeat.c Makefile
$(OUT)/deny $(OUT)/heartbeat:
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(CC) -std=gnu11 -D_GNU_SOURCE -O2 $(WARNINGS) -static $< -o $@

# ---- benchmarks: measured, never tested ----

$(OUT)/bench/pages: tests/bench/pages.c Makefile
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 $(WARNINGS) -static $< -o $@

$(BPF_OUT)/bench/empty.bpf.o: tests/bench/empty.bpf.c Makefile
	$(call say,BPF,$@)
	mkdir -p $(@D)
	$(CLANG) $(BPF_CFLAGS) -c $< -o $@

$(BPF_OUT)/bench/empty.skel.h: $(BPF_OUT)/bench/empty.bpf.o
	$(call say,SKEL,$@)
	$(BPFTOOL) gen skeleton $< name empty_bpf > $@.new
	mv $@.new $@

$(OUT)/bench/attach: tests/bench/attach.c $(BPF_OUT)/bench/empty.skel.h Makefile
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(COMPILE) -I$(BPF_OUT)/bench $< $(LDFLAGS) $(SYSROOT_LDFLAGS) $(if $(STATIC),-static -s) $(LIBS) -o $@

$(OUT)/bench/programs: tests/bench/programs.c Makefile
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(COMPILE) $< $(LDFLAGS) $(SYSROOT_LDFLAGS) $(if $(STATIC),-static -s) $(LIBS) -o $@

bench-programs: $(OUT)/bench/pages $(OUT)/bench/attach $(OUT)/bench/programs

bench:
	+$(MAKE) --no-print-directory STATIC=1 ARCH=arm64 all workload bench-programs
	tests/bench/run

# ---- tests ----

UNIT_TESTS := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

$(OUT)/liballocwatch.a: $(LIBRARY_OBJECTS)
	$(call say,AR,$@)
	rm -f $@
	ar rcs $@ $^

$(OUT)/unit/%: tests/unit/%.c $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) -Itests/unit $< $(OUT)/liballocwatch.a $(LDFLAGS) -lcmocka $(LIBS) -o $@

# Writes a built report in the formats that people look at: for tests/export/.
$(OUT)/render: tests/export/render.c $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) -Itests/unit $< $(OUT)/liballocwatch.a $(LDFLAGS) $(LIBS) -o $@

$(OUT)/bench/make_recording: tests/bench/make_recording.c $(OUT)/liballocwatch.a
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(COMPILE) $< $(OUT)/liballocwatch.a $(LDFLAGS) $(LIBS) -o $@

$(OUT)/bench/ring: tests/bench/ring.c $(OUT)/liballocwatch.a
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(COMPILE) $< $(OUT)/liballocwatch.a $(LDFLAGS) $(LIBS) -o $@

$(OUT)/bench/usage: tests/bench/usage.c
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(COMPILE) $< -o $@

# What user space costs, beside perf and bpftrace where they are: docs/performance.md.
bench-user: all $(OUT)/bench/make_recording $(OUT)/bench/ring $(OUT)/bench/usage
	+$(MAKE) --no-print-directory STATIC=1 ARCH=arm64 all
	tests/bench/user $(OUT) build/arm64-static/allocwatch

# Of that the bound of `report` alone.
bench-report: all $(OUT)/bench/make_recording $(OUT)/bench/usage
	tests/bench/report $(OUT)

# Recordings that tests/screen/run replays beside vm.aw.
$(OUT)/screen/make_recording: tests/screen/make_recording.c $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) $< $(OUT)/liballocwatch.a $(LDFLAGS) $(LIBS) -o $@

# The run that the screen's tests replay, made anew.  Its golden screens are then to be written and looked at.
screen-recording: vm-binaries
	tests/screen/record

unit-tests: $(UNIT_TESTS) $(OUT)/render $(OUT)/screen/make_recording

check: all unit-tests
	tests/run --fast $(OUT)

# The sub-makes build for the VM side by side with the host's.
vm-binaries:
	+$(MAKE) --no-print-directory STATIC=1 ARCH=arm64 all workload
	$(if $(filter x86_64,$(HOST_ARCH)),+$(MAKE) --no-print-directory STATIC=1 ARCH=x86_64 all workload)

test: all unit-tests vm-binaries $(OUT)/bench/make_recording
	tests/run $(OUT)

# The kernel matrix alone; SUITES="bookworm sid" picks from it.
test-kernels: vm-binaries
	tests/run $(OUT) kernels

# Every source in one VM, and each thing taken away: alone.
test-sources: vm-binaries
	tests/run $(OUT) sources

# Nothing grows: ten minutes of load, attaching and detaching.  SOAK=SECONDS for another while.
soak: vm-binaries
	+$(MAKE) --no-print-directory STATIC=1 ARCH=arm64 bench-programs
	tests/vm/soak $(SOAK)

# ---- the virtual machine ----

demo: vm-binaries
	tests/vm/demo

vm-shell: vm-binaries
	tests/vm/run --shell

# ---- the kernel module ----

# Built in a copy, one a kernel, as kbuild writes next to its sources.
KDIR ?= /lib/modules/$(shell uname -r)/build
KMOD_OUT ?= build/kmod/$(ARCH)-$(or $(shell cat '$(KDIR)/include/config/kernel.release' 2>/dev/null),unknown)

kmod:
	mkdir -p $(KMOD_OUT)/bpf
	cp -pRu kmod $(KMOD_OUT)/
	cp -pu bpf/wire.h $(KMOD_OUT)/bpf/
	+$(MAKE) --no-print-directory -C '$(KDIR)' M='$(abspath $(KMOD_OUT))/kmod' modules
	$(call say,KMOD,$(KMOD_OUT)/kmod/allocwatch.ko)

# ---- housekeeping ----

# Committed, so that any machine can install it; a test tells when it is out of date.
man: all
	docs/man/generate $(OUT)/allocwatch > docs/man/allocwatch.1.new
	mv docs/man/allocwatch.1.new docs/man/allocwatch.1

deps:
	packaging/deps install

vmlinux:
	vmlinux/generate arm64
	vmlinux/generate x86_64

PREFIX ?= /usr/local
install: all
	install -D -m 755 $(OUT)/allocwatch $(DESTDIR)$(PREFIX)/bin/allocwatch
	install -D -m 644 docs/man/allocwatch.1 $(DESTDIR)$(PREFIX)/share/man/man1/allocwatch.1

clean:
	rm -rf build

help:
	echo 'make                   the program for this machine: build/$(HOST_ARCH)/allocwatch'
	echo 'make ARCH=arm64        the same for arm64'
	echo 'make static ARCH=arm64 one static file for phones and initramfs: build/arm64-static/allocwatch'
	echo 'make kmod KDIR=TREE    the module for a kernel without BPF: docs/module.md'
	echo 'make deps              install what building and testing needs'
	echo 'make demo              boot an arm64 kernel, break its memory, watch allocwatch explain it'
	echo 'make vm-shell          a shell in the same virtual machine'
	echo 'make check             the fast tests: no root, no virtual machine'
	echo 'make test              all tests'
	echo 'make test-kernels      the virtual machine with seven kernels, as part of make test'
	echo 'make test-sources      every source in the virtual machine, and what happens without each, as part of make test'
	echo 'make soak              ten minutes in the virtual machine: nothing grows'
	echo 'make bench             what watching costs, in instructions'
	echo 'make bench-user        what user space costs, beside perf and bpftrace'
	echo 'make bench-report      time and memory of a report over a million events'
	echo 'make man               docs/man/allocwatch.1 again, when options changed'
	echo 'make screen-recording  the run that the tests of the screen replay'
	echo 'make install           to PREFIX=/usr/local, below DESTDIR='
	echo 'make vmlinux           generate vmlinux/*/vmlinux.h again'
	echo 'make clean             remove build/'

-include $(OBJECTS:.o=.d) $(BPF_BUILDS:%=$(BPF_OUT)/%.bpf.d) $(UNIT_TESTS:%=%.d) $(OUT)/render.d $(OUT)/bench/make_recording.d $(OUT)/bench/ring.d $(OUT)/screen/make_recording.d

.PHONY: all man screen-recording static workload unit-tests check test test-kernels bench bench-programs vm-binaries soak demo vm-shell deps vmlinux install clean help bench-report bench-user kmod test-sources
