#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Compares what is made of the kept recordings with what once was: check.py KEPT NOW"""
import csv
import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "export"))
from schema import report  # noqa: E402

KEPT, NOW = sys.argv[1:3]
# Facts of a failure and sums: no later version may find others in the same recording.
FACTS = {"count", "sampled", "hard", "order", "bytes", "gfp", "migratetype", "log", "logs", "keys", "site", "totals", "window", "first_seen",
         "last_seen", "comm", "pid", "extfrag", "zones", "kernel", "schema"}


def read(name):
    with open(name, encoding="utf-8") as file:
        return file.read()


def kind(value):
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__


def missing(kept, now, path=""):
    """Keys of `kept` that `now` lacks or has with another type.  What was null may have a value, but not the reverse."""
    if isinstance(kept, dict) and isinstance(now, dict):
        for key, value in kept.items():
            if key in now:
                yield from missing(value, now[key], path + "." + key)
            else:
                yield path + "." + key
    elif isinstance(kept, list) and isinstance(now, list):
        for old, new in zip(kept, now):
            yield from missing(old, new, path + "[]")
    elif kept is not None and kind(kept) != kind(now):
        yield "%s: %s, once %s" % (path, kind(now), kind(kept))


def changed(kept, now, path="", fact=False):
    """Facts that differ."""
    if isinstance(kept, dict) and isinstance(now, dict):
        for key, value in kept.items():
            yield from changed(value, now.get(key), path + "." + key, fact or key in FACTS)
    elif isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        for old, new in zip(kept, now):
            yield from changed(old, new, path + "[]", fact)
    elif fact and kept is not None and kept != now:
        yield "%s: %r, once %r" % (path, now, kept)


def same_document(name, kept, now):
    report(name + ": all keys are there, of the same types", "\n".join(sorted(set(missing(kept, now)))))
    report(name + ": the same facts", "\n".join(list(changed(kept, now))[:20]))


def same_lines(name, kept, now):
    now = {line["type"]: line for line in map(json.loads, now.splitlines())}
    for line in map(json.loads, kept.splitlines()):
        kind_now = now.get(line["type"])
        if kind_now is None:
            report("%s: lines of type %s" % (name, line["type"]), "there are none")
        else:
            same_document("%s: a line of type %s" % (name, line["type"]), line, kind_now)


def headers(text):
    """Of each table: its columns.  Tables are parted by an empty line."""
    return [next(csv.reader([table.strip().splitlines()[0]])) for table in text.strip().split("\n\n")]


def same_tables(name, kept, now):
    for old, new in zip(headers(kept), headers(now)):
        report("%s: columns %s... keep their names and order" % (name, old[0]), "" if new[:len(old)] == old else "%s, once %s" % (new, old))
    report(name + ": as many tables", "" if len(headers(kept)) <= len(headers(now)) else now[:300])


def metrics(text):
    """name -> type, and (name, names of labels)."""
    types = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M))
    series = {(name, tuple(re.findall(r'([a-z_]+)="', labels))) for name, labels in re.findall(r"^([a-z_]+)(?:\{(.*)\})? ", text, re.M)}
    return types, series


def same_metrics(name, kept, now):
    (types, series), (types_now, series_now) = metrics(kept), metrics(now)
    report(name + ": metrics keep name and type", "\n".join(one for one in types if types_now.get(one) != types[one]))
    report(name + ": metrics keep their labels", "\n".join(map(str, sorted(series - series_now))))


CHECKS = {"json": lambda name, kept, now: same_document(name, json.loads(kept), json.loads(now)), "jsonl": same_lines, "csv": same_tables,
          "prometheus": same_metrics}
for one in "diff.json", "explain.json":
    CHECKS["json"](one, read(os.path.join(KEPT, one)), read(os.path.join(NOW, one)))
found = 0
for recording in sorted(glob.glob(os.path.join(KEPT, "*.aw"))):
    for ending, check in CHECKS.items():
        file = os.path.basename(recording)[:-3] + "." + ending
        check(file, read(os.path.join(KEPT, file)), read(os.path.join(NOW, file)))
        found += 1
report("something was kept", "" if found >= 12 else "%d files" % found)
