#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Checks what gains left, and prints a row a state: gains.py SUITE DIR ROUNDS STATE..."""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "export")]
from schema import invalid, report, validator  # noqa: E402
from states import NEAR, free_blocks, in_bounds, is_named  # noqa: E402

SUITE, OUT, ROUNDS, STATES = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
SCHEMA = validator("allocwatch-blockers-1.json")


def text(name):
    with open(os.path.join(OUT, name), encoding="utf-8") as file:
        return file.read()


def gained(name, movable):
    """By free blocks, before and after; a movable request takes those of CMA, too."""
    closed = ("Isolate", "HighAtomic") if movable else ("CMA", "Isolate", "HighAtomic")
    before, after = (free_blocks(text(name + end), closed) for end in (".types", ".types.after"))
    return after - before


def area_is_told(answer):
    """CMA with pinned pages: they are stuck, and their process is named."""
    return any(area["stuck"] for area in answer["cma"]) and \
        [one["name"] for one in answer["holders"] if one["cma_pages"]][:1] == ["hold"]


def one_run(state, name):
    answer, tried = json.loads(text(name + ".before")), json.loads(text(name + ".try"))
    gain = gained(name, answer["migratetype"] == "Movable")
    least, most = answer["makeable"], answer["makeable_most"]
    return {"valid": not invalid(SCHEMA, answer) and answer["scan"]["source"] == "bpf",
            "named": is_named(state, answer) and (state != "cma" or (not answer["cma"] and SUITE.endswith("-amd64")) or area_is_told(answer)),
            "near": in_bounds(least, most, gain), "narrow": most - least <= max(NEAR, most / 4),
            "broken": not most and gain > answer["windows"]["total"] / 100,
            "cannot": not most, "early": tried["end"] == "early",
            "told": "%s→%d%s" % (least if least == most else "%d–%d" % (least, most), gain, "*" if tried["end"] == "early" else "")}


def check_state(state):
    runs = [one_run(state, "%s.%d" % (state, i + 1)) for i in range(ROUNDS)]
    count = {key: sum(run[key] for run in runs) for key in ("valid", "named", "near", "narrow", "cannot", "broken", "early")}
    print("# %s %s: class right %d of %d, gain in bounds %d of %d, range narrow %d, cannot %d, then a gain over 1 %% %d, ended early (*) %d: %s" %
          (SUITE, state, count["named"], ROUNDS, count["near"], ROUNDS, count["narrow"], count["cannot"], count["broken"], count["early"],
           " ".join(run["told"] for run in runs)))
    least = ROUNDS - ROUNDS // 10
    report("%s, %s: each answer is by BPF, and follows its schema" % (SUITE, state), "" if count["valid"] == ROUNDS else str(runs))
    report("%s, %s: the class is right in nine of ten" % (SUITE, state), "" if count["named"] >= least else str(runs))
    report("%s, %s: the gain is as foretold in nine of ten" % (SUITE, state), "" if count["near"] >= least else str(runs))
    report("%s, %s: 'cannot' is not followed by a gain" % (SUITE, state), "" if not count["broken"] else str(runs))


for one in STATES:
    check_state(one)
