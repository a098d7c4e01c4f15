# SPDX-License-Identifier: GPL-2.0
# Builds and tests allocwatch.  `make help` lists the targets.
#
# All output is in build/, with a directory for each architecture and way of
# linking (x86_64, arm64, arm64-static), and the BPF objects of an architecture
# in bpf-ARCH.  V=1 shows commands, WERROR=1 turns warnings into errors.

# The newest version of CHANGELOG.md; packages add how many commits came since: packaging/version.
VERSION := $(shell sed -n 's/^\#\# \([0-9][0-9.]*\) .*/\1/p' CHANGELOG.md | head -n 1)

HOST_ARCH := $(patsubst aarch64,arm64,$(shell uname -m))
ARCH ?= $(HOST_ARCH)
ifeq ($(filter $(ARCH),x86_64 arm64),)
$(error ARCH=$(ARCH) is not supported: use x86_64 or arm64)
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

# Targets that need only make.
PLAIN_GOALS := deps clean distclean help kmod test-sources test-offline deb dist uninstall
ifneq ($(filter-out $(PLAIN_GOALS),$(or $(MAKECMDGOALS),all)),)
# These two install what is missing; the others say what to run.
SET_UP_GOALS := demo test
# Only these need what the tests need, and only those the cross compiler or a virtual machine.
needed := $(if $(filter check test% unit-tests soak screen-recording,$(MAKECMDGOALS)),,\
	$(if $(filter demo vm-%,$(MAKECMDGOALS))$(filter-out $(HOST_ARCH),$(ARCH)),build,program))
ifneq ($(filter $(SET_UP_GOALS),$(MAKECMDGOALS)),)
ready := $(shell { packaging/deps check $(needed) 2>/dev/null || packaging/deps install $(needed); } >&2 && echo yes)
else
ready := $(shell packaging/deps check $(needed) >&2 && echo yes)
endif
ifneq ($(ready),yes)
$(error tools are missing: run "make deps$(if $(needed), FOR=$(needed))")
endif
BPFTOOL ?= $(shell packaging/find-bpftool)
endif

CLANG ?= clang
LLVM_STRIP ?= $(firstword $(shell command -v llvm-strip llvm-strip-14 2>/dev/null) true)

ifneq ($(ARCH),$(HOST_ARCH))
ifeq ($(ARCH),arm64)
CC := aarch64-linux-gnu-gcc
ifneq ($(filter-out $(PLAIN_GOALS),$(or $(MAKECMDGOALS),all)),)
# SYSROOT= on the command line: they are where the compiler looks.
SYSROOT := $(shell packaging/sysroot arm64)
ifeq ($(SYSROOT)$(filter command line,$(origin SYSROOT)),)
$(error the arm64 libraries could not be fetched, see the message above)
endif
endif
ifneq ($(SYSROOT),)
SYSROOT_CFLAGS = -isystem $(SYSROOT)/usr/include -isystem $(SYSROOT)/usr/include/aarch64-linux-gnu
SYSROOT_LDFLAGS = -L$(SYSROOT)/usr/lib/aarch64-linux-gnu \
	-Wl,-rpath-link,$(SYSROOT)/usr/lib/aarch64-linux-gnu
endif
else
$(error building for $(ARCH) on $(HOST_ARCH) is not supported, only for arm64 on x86_64)
endif
else
CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
endif

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
	-Wpointer-arith -Wvla $(if $(WERROR),-Werror)
# The static program is for phones and initramfs images: small before fast, below 3 MB.
# Nothing in it unwinds, and what is not called is left out.
CFLAGS ?= $(if $(STATIC),-Os -fno-asynchronous-unwind-tables -fno-unwind-tables \
	-ffunction-sections -fdata-sections,-O2) -g
# HARDEN= leaves this out.  Sanitizers have checks of their own, which FORTIFY would hide.
HARDEN ?= 1
ifneq ($(HARDEN),)
HARDEN_CFLAGS := -fPIE -fstack-protector-strong -fstack-clash-protection \
	$(if $(SANITIZE),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2) \
	$(if $(filter arm64,$(ARCH)),-mbranch-protection=standard,-fcf-protection=full)
HARDEN_LDFLAGS := $(if $(STATIC),-static-pie,-pie) -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack
endif
CPPFLAGS += -D_GNU_SOURCE -DAW_VERSION_TEXT='"$(VERSION)"' -Iuser -I$(BPF_OUT) -I$(TERMINFO_OUT)
COMPILE = $(CC) -std=gnu11 $(CPPFLAGS) $(SYSROOT_CFLAGS) $(CFLAGS) $(HARDEN_CFLAGS) $(WARNINGS) $(SANITIZE) -MMD -MP
LIBS := -ltraceevent -lbpf -lelf -lz -ljansson -lncursesw -ltinfo $(if $(STATIC),,-lpthread -ldl)
LINK = $(CC) $(CFLAGS) $(HARDEN_CFLAGS) $(SANITIZE) $(HARDEN_LDFLAGS) \
	$(if $(STATIC),$(if $(HARDEN),,-static) \
	-s -Xlinker --gc-sections -Xlinker --no-eh-frame-hdr -Xlinker -T -Xlinker packaging/no_unwind_tables.ld) $(LDFLAGS) $(SYSROOT_LDFLAGS)

# base/memory.c notes what cannot be allocated.
WRAP := -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc -Wl,--wrap=strdup -Wl,--wrap=strndup
LINK += $(WRAP)

# ---- BPF: three builds of one source ----

BPF_ARCH := $(if $(filter arm64,$(ARCH)),arm64,x86)
BPF_CFLAGS := -g -O2 -target bpf -D__TARGET_ARCH_$(BPF_ARCH) -Ivmlinux/$(ARCH) -Ibpf \
	-Wall -Wno-unused-function $(if $(WERROR),-Werror)
# libbpf reads .BTF.ext without its relocations: offsets are into sections already.  The targets of branches need no
# names: 65 KB in all builds.
BPF_STRIP := -g -R .rel.BTF -R .rel.BTF.ext -w -N 'LBB*'
BPF_BUILDS := allocwatch allocwatch_nopercpu allocwatch_nobtf
# Relocations, which this build has none of, and line numbers: 60 KB.
BPF_STRIP_allocwatch_nobtf := -R .BTF.ext
BPF_FLAGS_allocwatch_nopercpu := -DAW_NO_PERCPU
BPF_FLAGS_allocwatch_nobtf := -DAW_NO_BTF -DBPF_NO_PRESERVE_ACCESS_INDEX
SKELETONS := $(BPF_BUILDS:%=$(BPF_OUT)/%.skel.h) $(BPF_OUT)/pages.skel.h $(BPF_OUT)/held.skel.h

$(BPF_OUT)/%.bpf.o: bpf/allocwatch.bpf.c Makefile
	$(call say,BPF,$@)
	mkdir -p $(@D)
	$(CLANG) $(BPF_CFLAGS) $(BPF_FLAGS_$*) -MMD -MP -MF $(@:.o=.d) -MT $@ -c $< -o $@
	$(LLVM_STRIP) $(BPF_STRIP) $(BPF_STRIP_$*) $@

# The page scan and --holders are objects of their own: they need no BTF, so one build serves all kernels.  They have no
# relocations, not even of the arguments of a raw tracepoint, for which libbpf would read the BTF of the kernel: 10 MB for
# a moment.  Nor have they .BTF.ext: libbpf (1.1) goes on where it has no memory for it, and crashes.
$(BPF_OUT)/pages.bpf.o $(BPF_OUT)/held.bpf.o: $(BPF_OUT)/%.bpf.o: bpf/%.bpf.c Makefile
	$(call say,BPF,$@)
	mkdir -p $(@D)
	$(CLANG) $(BPF_CFLAGS) -DBPF_NO_PRESERVE_ACCESS_INDEX -MMD -MP -MF $(@:.o=.d) -MT $@ -c $< -o $@
	$(LLVM_STRIP) $(BPF_STRIP) -R .BTF.ext $@

$(BPF_OUT)/%.skel.h: $(BPF_OUT)/%.bpf.o
	$(call say,SKEL,$@)
	$(BPFTOOL) gen skeleton $< name $*_bpf > $@.new
	mv $@.new $@

.PRECIOUS: $(BPF_OUT)/%.bpf.o $(BPF_OUT)/%.skel.h

# ---- built-in terminal descriptions ----

$(TERMINFO_OUT)/terminfo_entries.h: user/screen/terminfo.sh
	$(call say,TERMINFO,$@)
	mkdir -p $(@D)
	$< > $@

# ---- the program ----

# The static build has no HTTP server; it writes metrics to a file: docs/serve.md.
HTTP_SOURCES := user/serve/http.c user/serve/mhd.c user/serve/accept.c user/serve/clients.c user/serve/listen.c
NO_HTTP_SOURCES := user/serve/http_none.c
# It also lacks libarchive, and reads only gzip.
ARCHIVE_SOURCES := user/lines/archive.c user/lines/libarchive.c
NO_ARCHIVE_SOURCES := user/lines/archive_none.c
# Nor does it read traces that are packed with zstd.
ZSTD_SOURCES := user/import/zstd.c
NO_ZSTD_SOURCES := user/import/zstd_none.c
# zlib reads recordings as well, in twice the time.
LIBDEFLATE_SOURCES := user/recording/libdeflate.c
NO_LIBDEFLATE_SOURCES := user/recording/libdeflate_none.c
LOADING_SOURCES := $(HTTP_SOURCES) $(ARCHIVE_SOURCES) $(ZSTD_SOURCES) $(LIBDEFLATE_SOURCES)
STATIC_SOURCES := $(NO_HTTP_SOURCES) $(NO_ARCHIVE_SOURCES) $(NO_ZSTD_SOURCES) $(NO_LIBDEFLATE_SOURCES)
SOURCES := $(filter-out $(if $(STATIC),$(LOADING_SOURCES),$(STATIC_SOURCES)), \
	$(sort $(wildcard user/*.c user/*/*.c user/*/*/*.c)))
OBJECTS := $(SOURCES:%.c=$(OUT)/%.o)
LIBRARY_OBJECTS := $(filter-out $(OUT)/user/cli/main.o,$(OBJECTS))

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

# Needs only libc, so it needs no sysroot, and runs on kernels back to 3.18.
workload: $(OUT)/repro $(OUT)/deny $(OUT)/heartbeat $(OUT)/hold $(OUT)/reader
$(OUT)/repro: $(WORKLOAD) $(wildcard tests/workload/*.h) Makefile
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 $(WARNINGS) -static $(WORKLOAD) -o $@

$(OUT)/hold: tests/workload/hold/hold.c tests/workload/memory.c tests/workload/memory.h Makefile
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 $(WARNINGS) -static $(filter %.c,$^) -o $@

$(OUT)/deny: tests/workload/deny/deny.c Makefile
$(OUT)/heartbeat: tests/workload/heartbeat/heartbeat.c Makefile
$(OUT)/reader: tests/workload/reader/reader.c bpf/wire.h kmod/abi.h Makefile
$(OUT)/deny $(OUT)/heartbeat $(OUT)/reader:
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(CC) -std=gnu11 -D_GNU_SOURCE -O2 $(WARNINGS) -static $< -o $@

# ---- benchmarks ----

$(OUT)/bench/pages: tests/bench/pages.c Makefile
$(OUT)/bench/heartbeat: tests/bench/heartbeat.c Makefile
$(OUT)/bench/pages $(OUT)/bench/heartbeat:
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(CC) -std=gnu11 -D_GNU_SOURCE -O2 $(WARNINGS) -static $< -o $@

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

# One after the other, and all of them where one exceeds a bound.
bench:
	+$(MAKE) --no-print-directory STATIC=1 ARCH=arm64 all workload bench-programs
	+$(MAKE) --no-print-directory -k -j1 bench-kernel bench-start bench-growth bench-scan bench-explain

bench-kernel:
	tests/bench/run

bench-start:
	tests/bench/start

bench-growth:
	tests/bench/growth

# Does each benchmark fail where its bound is exceeded?
bench-bounds: all $(OUT)/bench/make_recording $(OUT)/bench/usage $(OUT)/bench/heartbeat
	tests/bench/bounds_test $(OUT)

# ---- tests ----

UNIT_TESTS := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

$(OUT)/liballocwatch.a: $(LIBRARY_OBJECTS)
	$(call say,AR,$@)
	rm -f $@
	ar rcs $@ $^

$(OUT)/unit/%: tests/unit/%.c $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) -Itests/unit $< $(OUT)/liballocwatch.a $(WRAP) $(LDFLAGS) -lcmocka $(LIBS) -o $@

# For tests/vm/test_blockers: the page scan against /proc/kpageflags.
$(OUT)/same_pages: tests/workload/same_pages/same_pages.c $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) -c $< -o $@.o
	$(LINK) $@.o $(OUT)/liballocwatch.a $(LIBS) -o $@

# For tests/export/: writes a built report as a page or a flame graph.
$(OUT)/render: tests/export/render.c $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) -Itests/unit $< $(OUT)/liballocwatch.a $(WRAP) $(LDFLAGS) $(LIBS) -o $@

# For tests/forms/: compares what is found in a log with what is found in its forms.
FORMS := $(sort $(wildcard tests/forms/*.c))

$(OUT)/forms: $(FORMS) $(wildcard tests/forms/*.h) $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) $(FORMS) $(OUT)/liballocwatch.a $(WRAP) $(LDFLAGS) $(LIBS) -o $@

$(OUT)/bench/make_recording: tests/bench/make_recording.c $(OUT)/liballocwatch.a
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(COMPILE) $< $(OUT)/liballocwatch.a $(WRAP) $(LDFLAGS) $(LIBS) -o $@

$(OUT)/bench/ring: tests/bench/ring.c $(OUT)/liballocwatch.a
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(COMPILE) $< $(OUT)/liballocwatch.a $(WRAP) $(LDFLAGS) $(LIBS) -o $@

$(OUT)/bench/usage: tests/bench/usage.c
	$(call say,LINK,$@)
	mkdir -p $(@D)
	$(COMPILE) $< -o $@

# The page scan on this machine, as root: docs/performance.md.
bench-scan: all $(OUT)/bench/heartbeat
	tests/bench/scan $(OUT)

# The cost in user space, next to perf and bpftrace if they are installed: docs/performance.md.
bench-user: all $(OUT)/bench/make_recording $(OUT)/bench/ring $(OUT)/bench/usage
	+$(MAKE) --no-print-directory STATIC=1 ARCH=arm64 all
	tests/bench/user $(OUT) build/arm64-static/allocwatch

# Only the part of it that measures `report`.
bench-report: all $(OUT)/bench/make_recording $(OUT)/bench/usage
	tests/bench/report $(OUT)

# Reading much log, next to grep -c.
bench-explain: all $(OUT)/bench/usage
	tests/bench/explain $(OUT)

# Makes the recordings that tests/screen/run replays in addition to vm.aw.
$(OUT)/screen/make_recording: tests/screen/make_recording.c $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) $< $(OUT)/liballocwatch.a $(WRAP) $(LDFLAGS) $(LIBS) -o $@

# A recording with every string, for tests/hostile/run.
$(OUT)/hostile/make_recording: tests/hostile/make_recording.c $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) $< $(OUT)/liballocwatch.a $(WRAP) $(LDFLAGS) -lcmocka $(LIBS) -o $@

# The screen with a memory map that is built, for tests/screen/run.
$(OUT)/screen/map_screen: tests/screen/map_screen.c $(OUT)/liballocwatch.a
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(COMPILE) -Itests/unit $< $(OUT)/liballocwatch.a $(WRAP) $(LDFLAGS) $(LIBS) -o $@

# Records vm.aw, which the tests of the screen replay, again.  Then renew and check its golden screens.
screen-recording: vm-binaries
	tests/screen/record

# Preloaded into the program by tests/inject/run.
$(OUT)/inject.so: tests/inject/inject.c Makefile
	$(call say,TEST,$@)
	mkdir -p $(@D)
	$(CC) -std=gnu11 -D_GNU_SOURCE -O2 $(WARNINGS) -shared -fPIC $< -o $@

# make_recording and ring of the benchmarks are built here, too, so that they keep building.
unit-tests: $(OUT)/inject.so $(UNIT_TESTS) $(OUT)/render $(OUT)/forms $(OUT)/screen/make_recording \
	$(OUT)/screen/map_screen $(OUT)/hostile/make_recording \
	$(OUT)/bench/make_recording $(OUT)/bench/ring $(OUT)/bench/usage $(OUT)/bench/heartbeat

check: all unit-tests
	tests/run --fast $(OUT)

# The tests that need no VM, with a program that checks itself: a build of its own.  Left out is what cannot be with it: the
# injector has an allocator of its own, limits of memory are below what it maps, and it needs calls that serve gives up.
# Nor can leaks be looked for where privileges are given up.
ASAN_OUT := build/asan-$(ARCH)
test-asan:
	+$(MAKE) --no-print-directory OUT=$(ASAN_OUT) HARDEN= CFLAGS='-O1 -g' \
		SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=undefined' all unit-tests
	tests/run --fast $(ASAN_OUT) unit golden forms export hostile compat guides completions host/interrupted host/damaged \
		host/limits host/mistakes
	ASAN_OPTIONS=detect_leaks=0 tests/run $(ASAN_OUT) host/outputs host/live host/record host/storm

# Every call of every command fails once, as far as there are not thousands: tests/inject/run.  Prints how many.
test-inject: all $(OUT)/inject.so
	failed=0; for part in run machine serve screen; do tests/inject/$$part $(OUT)/allocwatch $(OUT)/inject.so all || failed=1; done; \
		exit $$failed
.PHONY: test-inject

# The unit tests and the commands that read files in valgrind, which takes some minutes.  VALGRIND_TESTS= selects some.
test-valgrind: all unit-tests
	tests/valgrind $(OUT) $(VALGRIND_TESTS)
.PHONY: test-asan test-valgrind

# ---- fuzzing ----

# A build of its own, by clang with libFuzzer and the sanitizers: docs in tests/fuzz/run.
FUZZ_OUT := build/fuzz-$(ARCH)
FUZZ_FLAGS := -fsanitize=address,undefined
FUZZ_TARGETS := $(patsubst tests/fuzz/%.c,$(OUT)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_SECONDS ?= 30

$(OUT)/fuzz_%: tests/fuzz/fuzz_%.c $(OUT)/liballocwatch.a
	$(call say,FUZZ,$@)
	$(COMPILE) -fsanitize=fuzzer $< $(OUT)/liballocwatch.a $(WRAP) $(LDFLAGS) $(LIBS) -o $@

fuzz-targets: $(FUZZ_TARGETS)

fuzz-binaries:
	+$(MAKE) --no-print-directory OUT=$(FUZZ_OUT) CC=clang HARDEN= CFLAGS='-O1 -g' \
		SANITIZE='-fsanitize=fuzzer-no-link $(FUZZ_FLAGS) -fno-sanitize-recover=undefined' fuzz-targets

.PHONY: fuzz fuzz-binaries fuzz-targets
fuzz: fuzz-binaries
	tests/fuzz/run $(FUZZ_OUT) $(FUZZ_SECONDS)

# The sub-makes build for the VM, next to the build for the host.
vm-binaries:
	+$(MAKE) --no-print-directory STATIC=1 ARCH=arm64 all workload build/arm64-static/same_pages \
		build/arm64-static/bench/heartbeat
	$(if $(filter x86_64,$(HOST_ARCH)),+$(MAKE) --no-print-directory STATIC=1 ARCH=x86_64 all workload build/x86_64-static/same_pages)

test: all unit-tests vm-binaries fuzz-binaries
	tests/run $(OUT)

# Only the test that a second build needs no network.
test-offline:
	tests/run $(OUT) offline
.PHONY: test-offline test-pages

# Only the kernel matrix; SUITES="bookworm sid" selects kernels.
test-kernels: vm-binaries
	tests/run $(OUT) kernels

# All cases of the lab on all kernels; `make test` leaves x86_64 out.  SUITES="sid" selects kernels, CASES="NAME ..." cases.
test-lab: vm-binaries
	SUITES="$(or $(SUITES),bookworm:all bullseye:all trixie:all sid:all bookworm-amd64:all)" tests/vm/test_advice
.PHONY: test-lab

# Only the test of all sources in a VM, with one feature after another taken away.
test-sources: vm-binaries
	tests/run $(OUT) sources

# The page scan in all states of memory, ten times each, who holds what stays, and CMA areas, on every kernel: SUITES="bookworm sid"
# selects them, ROUNDS=3 makes the states three times.
PAGES_SUITES := $(or $(SUITES),bullseye bookworm trixie sid bookworm-amd64)
test-pages: vm-binaries
	failed=0; for suite in $(PAGES_SUITES); do \
		SUITES=$$suite tests/vm/test_blockers || failed=1; \
		SUITES=$$suite ROUNDS=$(or $(ROUNDS),10) tests/vm/gains || failed=1; \
		SUITES= SUITE=$$suite tests/vm/test_holders || failed=1; \
		case $$suite in *-amd64) continue ;; esac; \
		SUITES= SUITE=$$suite tests/vm/test_cma || failed=1; \
		SUITES= SUITE=$$suite tests/vm/held || failed=1; \
	done; exit $$failed

# Tests that nothing grows during ten minutes of load, attaching and detaching.  SOAK=SECONDS changes the time.
soak: vm-binaries
	+$(MAKE) --no-print-directory STATIC=1 ARCH=arm64 bench-programs
	tests/vm/soak $(SOAK)

# ---- the virtual machine ----

demo: vm-binaries
	tests/vm/demo

vm-shell: vm-binaries
	tests/vm/run --shell

# ---- the kernel module ----

# Built in a copy of the sources for each kernel, because kbuild writes next to its sources.
KDIR ?= /lib/modules/$(shell uname -r)/build
KMOD_OUT ?= build/kmod/$(ARCH)-$(or $(shell cat '$(KDIR)/include/config/kernel.release' 2>/dev/null),unknown)

kmod:
	mkdir -p $(KMOD_OUT)/bpf
	cp -pRu kmod $(KMOD_OUT)/
	cp -pu bpf/wire.h bpf/effort.h $(KMOD_OUT)/bpf/
	+$(MAKE) --no-print-directory -C '$(KDIR)' M='$(abspath $(KMOD_OUT))/kmod' modules
	$(call say,KMOD,$(KMOD_OUT)/kmod/allocwatch.ko)

# Prints how the module is built into the kernel of the source tree KDIR: docs/boot.md.
kmod-builtin:
	kmod/builtin '$(KDIR)'

# ---- housekeeping ----

# Pages and completions are committed, so that a cross build can install them; a test fails if they are out of date.
MAN_PAGES := $(patsubst %.in,%,$(sort $(wildcard docs/man/*.in))) docs/man/allocwatch-recording.5

man: all
	for page in $(patsubst %.in,%,$(wildcard docs/man/*.in)); do \
		docs/man/generate $(OUT)/allocwatch $$page.in > $$page.new && mv $$page.new $$page || exit; \
	done
	docs/man/generate-format docs/recording-format.md > docs/man/allocwatch-recording.5.new
	mv docs/man/allocwatch-recording.5.new docs/man/allocwatch-recording.5

completions: all
	for shell in bash zsh fish; do \
		packaging/completions/generate $(OUT)/allocwatch $$shell > packaging/completions/allocwatch.$$shell.new && \
		mv packaging/completions/allocwatch.$$shell.new packaging/completions/allocwatch.$$shell || exit; \
	done

deps:
	packaging/deps install $(FOR)

vmlinux:
	vmlinux/generate arm64
	vmlinux/generate x86_64

include packaging/install.mk packaging/packages.mk

clean:
	rm -rf build

help:
	echo 'make                   build the program for this machine: build/$(HOST_ARCH)/allocwatch'
	echo 'make ARCH=arm64        build it for arm64'
	echo 'make static ARCH=arm64 build a single static file for phones and initramfs: build/arm64-static/allocwatch'
	echo 'make HARDEN=           build without the hardening flags of the compiler and linker'
	echo 'make kmod KDIR=TREE    build the module for kernels without BPF: docs/module.md'
	echo 'make kmod-builtin KDIR=SOURCE   print the patch that builds it into a kernel: docs/boot.md'
	echo 'make deps              install what building and testing needs; FOR=program: only what the program needs'
	echo 'make demo              boot an arm64 kernel, fragment its memory, and explain the failures'
	echo 'make vm-shell          open a shell in the same virtual machine'
	echo 'make check             run the fast tests: without root and virtual machine'
	echo 'make test              run all tests'
	echo 'make test-lab          make all states and requests of the lab on all its kernels, in virtual machines'
	echo 'make test-kernels      run only the tests of the kernel matrix in the virtual machine'
	echo 'make test-sources      run only the tests of all sources in the virtual machine'
	echo 'make fuzz              feed made-up bytes to every reader, FUZZ_SECONDS=30 each'
	echo 'make test-pages        test the page scan in all states of memory on all kernels'
	echo 'make test-offline      test that a second build, with the cache, needs no network'
	echo 'make test-asan         test what needs no virtual machine, with checks of the compiler'
	echo 'make test-valgrind     run the unit tests and the commands that read files in valgrind'
	echo 'make test-inject       let every allocation and system call of every command fail once'
	echo 'make soak              test in the virtual machine for ten minutes that nothing grows'
	echo 'make bench             measure the cost of watching, in instructions'
	echo 'make bench-growth      measure how the cost of a failure grows with processors, nodes and watchers'
	echo 'make bench-bounds      test that a benchmark fails where its bound is exceeded'
	echo 'make bench-scan        measure the page scan, next to kpageflags, and who waits for it'
	echo 'make bench-user        measure the cost in user space, next to perf and bpftrace'
	echo 'make bench-explain     measure reading a gigabyte of log, and 100,000 failures, next to grep'
	echo 'make bench-report      measure time and memory of a report of a million events'
	echo 'make man               regenerate docs/man/, after options changed'
	echo 'make completions       regenerate packaging/completions/, after options changed'
	echo 'make screen-recording  renew the recording that the tests of the screen replay'
	echo 'make install           install to PREFIX=/usr/local, below DESTDIR=: program, man pages, completions, units'
	echo 'make deb               build Debian packages for amd64 and arm64 of the last commit: build/deb'
	echo 'make dist              build a static tarball for each architecture of the last commit: build/dist'
	echo 'make uninstall         remove what it installed'
	echo 'make vmlinux           regenerate vmlinux/*/vmlinux.h'
	echo 'make clean             remove build/'

-include $(OBJECTS:.o=.d) $(FUZZ_TARGETS:%=%.d) $(BPF_BUILDS:%=$(BPF_OUT)/%.bpf.d) $(UNIT_TESTS:%=%.d) $(OUT)/render.d $(OUT)/bench/make_recording.d $(OUT)/bench/ring.d $(OUT)/screen/make_recording.d $(OUT)/screen/map_screen.d $(OUT)/hostile/make_recording.d
-include $(BPF_OUT)/pages.bpf.d $(BPF_OUT)/held.bpf.d

.PHONY: all man completions screen-recording static workload unit-tests check test test-kernels bench bench-kernel bench-start bench-growth bench-bounds bench-programs bench-scan vm-binaries soak demo vm-shell deps vmlinux clean help bench-explain bench-report bench-user kmod kmod-builtin test-sources
