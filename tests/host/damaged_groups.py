#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
# Tests that a flipped bit anywhere in a recording costs at most one group, and that every command says so.
#
# usage: tests/host/damaged_groups.py PROGRAM MAKE_RECORDING INJECT.so
#
# The recording has ten events a second for 400 s: a group is less than a minute of them.
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

PROGRAM, MAKE, INJECT = (os.path.abspath(path) for path in sys.argv[1:4])
VM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "screen", "vm.aw")
EVENTS, PER_SECOND, TRIES = 4000, 10, 40
GROUP_EVENTS = 60 * PER_SECOND


def run(*arguments, **environment):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, errors="replace", timeout=60,
                          stdin=subprocess.DEVNULL, env=dict(os.environ, TZ="UTC", **environment))
    return done.returncode, done.stdout, done.stderr


def say(name, problems):
    print("%s - %s" % ("not ok" if problems else "ok", name))
    for problem in problems[:8]:
        print("#   " + problem.replace("\n", "\n#   "))


def totals(path):
    """Exit status, failures counted, failures said to be in damaged parts, and the report."""
    status, out, _ = run("report", path)
    counted = re.search(r"^failures (\d+): ", out, re.M)
    lost = re.search(r"^lost: (\d+) failures in damaged parts", out, re.M)
    return status, int(counted.group(1)) if counted else -1, int(lost.group(1)) if lost else 0, out


def check_flip(data, at, path, whole):
    with open(path, "wb") as file:
        file.write(data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1:])
    where = "bit %d of byte %d" % (at % 8, at)
    status, counted, lost, out = totals(path)
    problems = []
    if status != 1:
        problems.append("%s: report ends with status %d" % (where, status))
    ended = "lost: not known after" not in out
    if ended and counted + lost != whole:
        problems.append("%s: %d failures counted and %d lost, of %d" % (where, counted, lost, whole))
    if not ended and counted != whole:
        problems.append("%s: only the closing group is lost, and %d of %d are counted" % (where, counted, whole))
    if lost > GROUP_EVENTS:
        problems.append("%s: %d failures lost, more than a group" % (where, lost))
    status, out, _ = run("report", "--verify", path)
    if status != 1 or not re.search(r"^damaged: .* at byte \d+; (\d+ bytes with \d+ events were skipped|the \d+ events before)",
                                    out, re.M) or not out.splitlines()[-1].startswith("not whole: "):
        problems.append("%s: --verify ends with status %d:\n%s" % (where, status, out))
    return problems


def check_flips(path, work):
    with open(path, "rb") as file:
        data = file.read()
    whole = totals(path)[1]
    places = [0, 10, 20, 31, 33, 60] + [32 + (len(data) - 33) * i // (TRIES - 1) for i in range(TRIES)]
    problems = []
    for at in places:
        problems += check_flip(data, at, os.path.join(work, "flipped.aw"), whole)
    return problems


def check_middle(path, work):
    """Every format has the mark, and no longer says that the end is missing."""
    with open(path, "rb") as file:
        data = bytearray(file.read())
    data[len(data) // 2] ^= 1
    damaged = os.path.join(work, "middle.aw")
    with open(damaged, "wb") as file:
        file.write(data)
    problems = []
    for name, arguments in {
            **{name: ["export", "--format", name] for name in "json jsonl prometheus folded svg html".split()},
            "report": ["report"], "diff": ["diff", path], "diff --json": ["diff", "--json", path]}.items():
        status, out, said = run(*arguments, damaged)
        mark = "allocwatch_recording_damaged 1" if name == "prometheus" else "events were skipped"
        if status != 1 or mark not in out or "events were skipped" not in said:
            problems.append("%s: status %d, said %r" % (name, status, said))
        if re.search("end of the recording is missing|not known after|has no end", out, re.I):
            problems.append("%s: says that the end is missing" % name)
    return problems


def check_verify_whole(path):
    problems = []
    for name, version in ((path, 2), (VM, 1)):
        status, out, _ = run("report", "--verify", name)
        lines = out.splitlines()
        if status or lines[-1] != "whole" or not lines[0].startswith("version %d, " % version):
            problems.append("%s: status %d:\n%s" % (name, status, out))
    groups = re.search(r": (\d+) groups", run("report", "--verify", path)[1])
    if not groups or int(groups.group(1)) < EVENTS / GROUP_EVENTS:
        problems.append("too few groups: %s" % (groups and groups.group(0)))
    status, _, said = run("report", "--verify", PROGRAM)
    if status != 1 or "not a recording" not in said:
        problems.append("a program: status %d, said %r" % (status, said))
    return problems


def check_flags(path, work):
    """A flag that is not known changes what follows: the file is refused, not misread."""
    with open(path, "rb") as file:
        data = bytearray(file.read())
    problems = []
    strange = os.path.join(work, "flags.aw")
    for bit in (1, 7, 31):
        changed = bytearray(data)
        struct.pack_into("<I", changed, 16, struct.unpack_from("<I", data, 16)[0] | 1 << bit)
        struct.pack_into("<I", changed, 28, zlib.crc32(changed[:28]))
        with open(strange, "wb") as file:
            file.write(changed)
        for arguments in (["report"], ["report", "--verify"], ["export", "--format", "json"], ["diff", path]):
            status, out, said = run(*arguments, strange)
            if status != 1 or out or "version" not in said:
                problems.append("flag %d: %s: status %d, %r, said %r" % (bit, arguments, status, out[:80], said))
    return problems


def check_fsync(path, work):
    """A sync that fails is an error, and only --fsync syncs every block and the name."""
    def syncs(*options):
        count = os.path.join(work, "count")
        run("record", "--source", path, "-o", os.path.join(work, "copy.aw"), *options, LD_PRELOAD=INJECT,
            INJECT="sync", INJECT_COUNT=count)
        with open(count, encoding="ascii") as file:
            return int(file.read())

    problems = []
    blocks = int(re.search(r"(\d+) blocks", run("report", "--verify", path)[1]).group(1))
    # Each block, the file at its begin and its end, and the directory that has its name.
    if syncs("--fsync") != blocks + 3:
        problems.append("--fsync syncs %d times for %d blocks and the name" % (syncs("--fsync"), blocks))
    for at in (1, 2, 3, blocks):
        status, _, said = run("record", "--fsync", "--source", path, "-o", os.path.join(work, "bad.aw"), LD_PRELOAD=INJECT,
                              INJECT="sync", INJECT_AT=str(at))
        if status != 1 or "can't" not in said:
            problems.append("sync %d fails: status %d, said %r" % (at, status, said))
    return problems


with tempfile.TemporaryDirectory() as work:
    made, path = os.path.join(work, "made.aw"), os.path.join(work, "whole.aw")
    subprocess.run([MAKE, made, str(EVENTS), str(PER_SECOND)], check=True)
    status, _, said = run("record", "--source", made, "-o", path)
    say("a recording of several groups", [] if status == 0 else [said])
    say("verify: whole ones, of this version and of the first one", check_verify_whole(path))
    say("a flipped bit costs at most one group", check_flips(path, work))
    say("a damaged group in the middle, in every format", check_middle(path, work))
    say("flags that are not known", check_flags(path, work))
    say("record --fsync", check_fsync(path, work))
