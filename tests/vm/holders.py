#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Checks what test_holders left: holders.py DIR"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "export"))
from schema import invalid, report, validator  # noqa: E402

OUT = sys.argv[1]
BLOCKS, ORDER = 2000, 2		# that guest/holders.sh lets the lab take


def text(name):
    with open(os.path.join(OUT, name), encoding="utf-8") as file:
        return file.read()


def check(name, good, detail):
    report(name, [] if good else [str(detail)])


def rows_of(name):
    document = json.loads(text(name + ".json"))
    report(name + ": valid by its schema", invalid(validator("allocwatch-1.json"), document))
    lines = [json.loads(line) for line in text(name + ".jsonl").splitlines()]
    schema = validator("allocwatch-1-line.json")
    report(name + ": each line follows its schema", [wrong for line in lines for wrong in [invalid(schema, line)] if wrong])
    lost = document["lost"]
    check(name + ": the sample has room, and misses few events", lost["held_full"] == 0 and lost["held_missed"] < 200, lost)
    return document["held"], lines


def check_amount(name, row, made):
    """The error is two deviations: three are allowed here."""
    check("%s: %d pages, and %d +- %d were told" % (name, made, row["pages"], row["pages_error"]),
          abs(row["pages"] - made) <= 1.5 * row["pages_error"], row)


def main():
    rows, _ = rows_of("pipes")
    check("pipes: first is who writes to pipes", "pipe_write" in rows[0]["site"]["symbol"] and rows[0]["order"] == 0, rows[0])
    check_amount("pipes", rows[0], int(text("pipes.made")))
    rows, _ = rows_of("gone")
    lab = [row for row in rows if "lab" in str(row["site"])]
    check("gone: what was given back does not stay", not lab, lab)
    check("gone: what was taken before is not known", not [row for row in rows if "pipe_write" in str(row["site"])], rows[:2])
    rows, _ = rows_of("blocks")
    check("blocks: first is the lab", "lab" in str(rows[0]["site"]) and rows[0]["order"] == ORDER, rows[0])
    check_amount("blocks", rows[0], BLOCKS << ORDER)
    check("blocks: they were taken moments ago", 0 < rows[0]["newest_us"] <= rows[0]["oldest_us"] < 120e6, rows[0])
    _, lines = rows_of("scan")
    scans = [line for line in lines if line["type"] == "scan"]
    check("scan: one was made", scans, [line["type"] for line in lines])
    taken = scans[0]["scan"].get("taken") if scans else None
    check("scan: the lab is in the way", taken and taken["by"] and "lab" in taken["by"][0]["name"] and
          taken["by"][0]["windows"] >= 0.9 * taken["windows"] and taken["windows"] > 200, taken)
    check("scan: its answer says so", scans and "[lab]" in scans[0]["scan"]["answer"], scans[0]["scan"]["answer"] if scans else "")


main()
