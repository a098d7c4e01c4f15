#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Checks what held left: held.py DIR"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "export"))
from schema import report  # noqa: E402

OUT = sys.argv[1]
HELD_NS, SLICE_NS, BEATS = 1000000, 100000, 8000


def text(name):
    with open(os.path.join(OUT, name), encoding="utf-8") as file:
        return file.read()


def beats(name):
    """Number, and the latest in ns."""
    count, median, _, late, latest = (int(word) for word in text(name + ".beats").split())
    status, runs = text(name + ".runs").split()
    print("# %s: median %.1f us, p99.9 %.1f us, latest %.1f us, %s runs meanwhile" % (name, median / 1000, late / 1000, latest / 1000, runs))
    report("%s: it ran while the thread beat" % name, "" if count == BEATS and status == "0" and int(runs) >= 2 else text(name + ".runs"))
    return latest


def main():
    free = [int(word) for word in text("buddyinfo").split("\n")[0].split()[4:]]
    report("memory has long free lists", "" if free[0] > 10000 else str(free))
    beats("work")
    for name in "bpf", "kpageflags":
        latest = beats(name)
        report("%s: a cpu is never held over 1 ms" % name, "" if latest < HELD_NS else "%d ns" % latest)
    beats("counts")
    scan = json.loads(text("bpf"))["scan"]
    report("bpf: each slice is under 100 us", "" if 0 < scan["longest_run_ns"] < SLICE_NS and not scan["long_runs"] else str(scan))


main()
