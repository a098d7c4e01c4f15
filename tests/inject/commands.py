#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
# The commands that read files, with each format: what tests/inject and tests/valgrind run.
#
# usage: tests/inject/commands.py DIR      makes the files that they need in DIR, and prints NAME <tab> ARGUMENT... for a shell
import gzip
import io
import os
import shlex
import shutil
import sys
import tarfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
VM = os.path.join(HERE, "..", "screen", "vm.aw")
LOG = os.path.join(HERE, "..", "golden", "explain")
TRACE = os.path.join(HERE, "..", "golden", "import")


def a_log():
    """The largest log of the golden tests that is one file."""
    logs = [os.path.join(LOG, name) for name in os.listdir(LOG) if name.endswith((".log", ".txt"))]
    return max(logs, key=os.path.getsize)


def archive(out, mode, name, content):
    with tarfile.open(fileobj=out, mode=mode) as tar:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))


def packed(work):
    """A log in an archive in an archive, and alone with gzip."""
    with open(a_log(), "rb") as file:
        content = file.read()
    inner, logs, alone = io.BytesIO(), os.path.join(work, "logs.tar"), os.path.join(work, "kern.log.gz")
    zipped, directory = os.path.join(work, "logs.zip"), os.path.join(work, "logs")
    archive(inner, "w:xz", "kern.log", content)
    with open(logs, "wb") as file:
        archive(file, "w", "inner.tar.xz", inner.getvalue())
    with gzip.open(alone, "wb") as file:
        file.write(content)
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("var/log/kern.log", content)
        file.write(alone, "var/log/kern.log.1.gz")
    os.mkdir(directory)
    shutil.copy(alone, directory)
    shutil.copy(a_log(), directory)
    return {"explain a zip": ["explain", zipped],
            "explain a directory": ["explain", directory],
            "explain a log with gzip": ["explain", alone],
            "explain an archive in an archive": ["explain", "--json", logs]}


COMMANDS = {
    "report": ["report", VM],
    "report by all": ["report", "--by", "comm,site,cause", VM],
    **{"export " + name: ["export", "--format", name, VM] for name in
       "json jsonl prometheus folded svg html perfetto pprof speedscope".split()},
    **{"export csv " + table: ["export", "--format", "csv", "--table", table, VM] for table in ("site", "stack", "zones")},
    "diff": ["diff", VM, VM],
    "diff --json": ["diff", "--json", VM, VM],
    "report --kallsyms": ["report", "--kallsyms", os.path.join(TRACE, "perf.kallsyms"), "--filter", "order>=0", "--sort", "count", VM],
    "export to a file": ["export", "--format", "html", "-o", "{file}", VM],
    "live jsonl": ["live", "--format", "jsonl", "--source", "recording:" + VM],
    "live": ["live", "--plain", "--source", "recording:" + VM],
    "explain": ["explain", a_log()],
    "explain --json": ["explain", "--json", a_log()],
    "explain --html": ["explain", "--html", "-", a_log()],
    "explain --html to a file": ["explain", "--html", "{file}", a_log()],
    "explain a request": ["explain", "--order", "4", "--gfp", "GFP_KERNEL", "--kernel", "6.1.0"],
    **{"import %s" % name: ["report", "--kallsyms", os.path.join(TRACE, "perf.kallsyms"), os.path.join(TRACE, name)]
       for name in "perf.data perf-pipe.data perf-zstd.data".split()},
    **{"import %s" % name: ["report", os.path.join(TRACE, name)] for name in
       "v7-effort.dat v7-zlib.dat v7-zstd.dat ftrace.txt ftrace-3.18.txt perf-script.txt trace-cmd-report.txt".split()},
    "import into a recording": ["record", "--source", "trace:" + os.path.join(TRACE, "v7-zstd.dat"), "-o", "{file}"],
    "a recording without a command": [VM],
    "a log without a command": [a_log()],
    "a trace without a command": [os.path.join(TRACE, "ftrace.txt")],
    "help": ["report", "--help"],
    "verify": ["report", "--verify", VM],
    "record": ["record", "--source", VM, "-o", "{file}"],
    "record, rotated": ["record", "--source", VM, "-o", "{file}", "--switch-output", "256K", "--fsync"],
    "record, to be moved": ["record", "--source", VM, "-o", "{file}", "--switch-output", "256K", "--until-writable", "/tmp"],
    "serve to a file": ["serve", "--source", "klog:/dev/null", "--textfile", "{file}", "--duration", "100ms"],
}


if __name__ == "__main__":
    for name, arguments in {**COMMANDS, **packed(sys.argv[1])}.items():
        print(name, shlex.join(argument.format(file=os.path.join(sys.argv[1], "written")) for argument in arguments), sep="\t")
