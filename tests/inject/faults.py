# SPDX-License-Identifier: GPL-2.0
# Runs a command with its n-th allocation or system call failing, for the tests of this directory.
import glob
import os
import re
import resource
import signal
import subprocess

HANGS = 60
# Instead of a number of calls: every call; the first call of every stack, and some others.
EVERY, STACKS = 0, -1
MOST = 2000	# of more calls than that, EVERY is STACKS
OTHERS = 50
# Which calls fail; inject.c knows their errors.  What a command does not call costs one run.
CALLS = ("malloc sync read pread64 write writev pwrite64 openat fstat newfstatat lseek mmap ftruncate rename renameat "
         "renameat2 link linkat unlink unlinkat getdents64 ioctl fcntl epoll_ctl socket bpf perf_event_open").split()


def even(numbers, many):
    """`many` of the numbers, from the first to the last."""
    if len(numbers) <= many:
        return set(numbers)
    return {numbers[(len(numbers) - 1) * i // (many - 1)] for i in range(many)}


def number(argument):
    """Of the command line: how many calls of each kind fail."""
    named = {"all": EVERY, "stacks": STACKS}
    return named[argument] if argument in named else int(argument)


class Faults:
    """How the program is run, and what differs from run to run in its output: a pattern."""

    def __init__(self, program, inject, many, work, varies=None):
        self.program, self.inject, self.many, self.work = program, inject, many, work
        self.varies = varies or re.compile(rb"(?!)")
        self.table = {}		# by call: how many, with how many stacks, how many were made to fail

    def environment(self, call="", at=0):
        stacks = {} if at else {"INJECT_STACKS": "1"}
        return dict(os.environ, TZ="UTC", COLUMNS="100", LD_PRELOAD=self.inject, INJECT=call, INJECT_AT=str(at),
                    INJECT_COUNT=os.path.join(self.work, "count"), **stacks)

    def calls(self):
        """Of the last run: how many there were, and where none was to fail, which were the first with their stack."""
        count = os.path.join(self.work, "count")
        try:
            with open(count, encoding="ascii") as file:
                calls, *firsts = [int(line) for line in file] or [0]
            os.unlink(count)
            return calls, firsts
        except FileNotFoundError:
            return 0, []

    def content(self, name):
        """Of a recording that is named so, its report."""
        if name.endswith(".aw"):
            return subprocess.run([self.program, "report", name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, timeout=HANGS, check=False).stdout
        with open(name, "rb") as file:
            return file.read()

    def run(self, arguments, call="", at=0, largest=None):
        """Exit status, output with what was written to {file}, messages, calls()."""
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            if largest is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

        out, written = os.path.join(self.work, "out"), os.path.join(self.work, "written")
        for name in glob.glob(written + "*"):
            os.unlink(name)
        arguments = [argument.format(file=written) for argument in arguments]
        with open(out, "wb") as file:
            done = subprocess.run([self.program] + arguments, stdin=subprocess.DEVNULL, stdout=file,
                                  stderr=subprocess.PIPE, env=self.environment(call, at), preexec_fn=limit,
                                  timeout=HANGS)
        output = b""
        for name in [out] + sorted(glob.glob(written + "*")):
            output += self.varies.sub(b"", self.content(name))
        return done.returncode, output, done.stderr, self.calls()

    def chosen(self, calls, many=None):
        """The calls that are made to fail: every one, or of as many as are wanted one half by their stacks."""
        last, firsts = calls
        many = self.many if many is None else many
        every = range(1, last + 1)
        if last <= {EVERY: MOST, STACKS: OTHERS}.get(many, max(2, many)):
            return every
        if many in (EVERY, STACKS):
            return sorted({*firsts, *even(every, OTHERS)})
        return sorted(even(firsts, max(2, many // 2)) | even(every, max(2, many - many // 2)))

    def tries(self, arguments, size, many=None):
        """Each call and n, then each size of the output."""
        many = self.many if many is None else many
        for call in CALLS:
            calls = self.run(arguments, call)[3]
            chosen = self.chosen(calls, many)
            self.table[call] = (calls[0], len(calls[1]), len(chosen))
            for at in chosen:
                yield "%s %d" % (call, at), (call, at, None)
        for largest in range(0, size, max(1, size * 4 // (many if many > 0 else 200))):
            yield "output of at most %d bytes" % largest, ("", 0, largest)

    def check(self, arguments, expected=(0,), limited=None, many=None, library=False):
        """
        What is wrong, as texts.  `expected`: the exit statuses without a fault.
        `library`: libarchive is used, which may end without memory.
        limited(whole, output, said): is output that is less than the whole named as such?
        """
        whole = self.run(arguments)
        if whole[0] not in expected:
            return ["without a fault: exit status %d, %r" % (whole[0], whole[2][:200])]
        again = self.run(arguments)
        if again[:2] != whole[:2]:
            return ["without a fault: two runs differ"]
        found = []
        for where, fault in self.tries(arguments, len(whole[1]), many):
            try:
                status, output, said, _ = self.run(arguments, *fault)
            except subprocess.TimeoutExpired:
                found.append("%s: hangs" % where)
                continue
            right = status == whole[0] and output == whole[1]
            named = said.startswith(b"allocwatch: ") and said != whole[2]
            # dlopen() itself ends the process where it has no memory for thread-local storage of the library.
            loader = status == 127 and said == b"out of memory\n" and not output
            # Without memory, libarchive 3.6 ends the process, or crashes.
            ended = library and where.startswith("malloc ") and not output and \
                (status == -signal.SIGSEGV or status == 1 and re.search(rb"libarchive: (Out of|No) memory", said))
            refused = loader or ended or named and (status in (1, 2) or status == 77 and not output)
            less = limited and status in expected and limited(whole[1], output, said if named else b"")
            if not right and not refused and not less:
                found.append("%s: exit status %d, %d of %d bytes, %r" %
                             (where, status, len(output), len(whole[1]), said[:150]))
        return found


def report(name, problems, table=None):
    """`table` is of Faults: printed where every call was to fail."""
    print("%s - %s" % ("not ok" if problems else "ok", name), flush=True)
    for problem in problems[:8]:
        print("#   " + problem, flush=True)
    if len(problems) > 8:
        print("#   and %d more" % (len(problems) - 8), flush=True)
    for call, (calls, stacks, failed) in (table or {}).items():
        if calls:
            print("#   %s: %d of %d calls, with %d stacks" % (call, failed, calls, stacks), flush=True)
