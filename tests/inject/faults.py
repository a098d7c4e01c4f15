# SPDX-License-Identifier: GPL-2.0
# Runs a command with its n-th allocation or system call failing, for the tests of this directory.
import glob
import os
import re
import resource
import signal
import subprocess

HANGS = 60
# Which calls fail; inject.c knows their errors.  What a command does not call costs one run.
CALLS = ("malloc sync read pread64 write writev pwrite64 openat fstat newfstatat lseek mmap ftruncate rename renameat "
         "renameat2 link linkat unlink unlinkat getdents64 ioctl fcntl epoll_ctl socket bpf perf_event_open").split()


class Faults:
    """How the program is run, and what differs from run to run in its output: a pattern."""

    def __init__(self, program, inject, many, work, varies=None):
        self.program, self.inject, self.many, self.work = program, inject, many, work
        self.varies = varies or re.compile(rb"(?!)")

    def environment(self, call="", at=0):
        return dict(os.environ, TZ="UTC", COLUMNS="100", LD_PRELOAD=self.inject, INJECT=call, INJECT_AT=str(at),
                    INJECT_COUNT=os.path.join(self.work, "count"))

    def calls(self):
        """How many there were in the last run."""
        count = os.path.join(self.work, "count")
        try:
            with open(count, encoding="ascii") as file:
                calls = int(file.read() or 0)
            os.unlink(count)
            return calls
        except FileNotFoundError:
            return 0

    def content(self, name):
        """Of a recording that is named so, its report."""
        if name.endswith(".aw"):
            return subprocess.run([self.program, "report", name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, timeout=HANGS, check=False).stdout
        with open(name, "rb") as file:
            return file.read()

    def run(self, arguments, call="", at=0, largest=None):
        """Exit status, output with what was written to {file}, messages, number of calls."""
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

    def spread(self, last, many=None):
        """`many` numbers from 1 to `last`."""
        many = max(2, many or self.many)
        if last <= many:
            return range(1, last + 1)
        return sorted({1 + (last - 1) * i // (many - 1) for i in range(many)})

    def tries(self, arguments, size, many=None):
        """Each call and n, then each size of the output."""
        many = many or self.many
        for call in CALLS:
            for at in self.spread(self.run(arguments, call)[3], many):
                yield "%s %d" % (call, at), (call, at, None)
        for largest in range(0, size, max(1, size * 4 // many)):
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


def report(name, problems):
    print("%s - %s" % ("not ok" if problems else "ok", name), flush=True)
    for problem in problems[:8]:
        print("#   " + problem, flush=True)
