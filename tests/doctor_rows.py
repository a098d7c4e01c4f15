#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Prints the rows of doctor's JSON: `doctor_rows.py FILE` prints lines NAME yes|no.

Also checks what must hold on every machine: the schema, a reason in every row, advice in
every row that says no, and that the source used is one that works.
"""
import json
import sys


def main():
    with open(sys.argv[1]) as file:
        answer = json.load(file)
    assert answer["schema"] == "allocwatch-doctor/1", answer["schema"]
    rows = answer["sources"] + answer["features"]
    for row in rows:
        assert row["reason"], row
        assert bool(row["todo"]) != row["ok"], row
    works = [row["name"] for row in answer["sources"] if row["ok"]]
    assert answer["source"] == (works[0] if works else None), answer["source"]
    assert bool(answer["degraded"]) == (answer["source"] != answer["sources"][0]["name"] and bool(works))
    print("takes", answer["source"] or "nothing")
    for row in rows:
        print(row["name"], "yes" if row["ok"] else "no")


main()
