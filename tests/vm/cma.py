#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Checks what test_cma left of the page scan: cma.py DIR"""
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "export"))
from schema import invalid, report, validator  # noqa: E402

OUT = sys.argv[1]
ASKED = 40 << 20 >> 12	# pages of each of the three requests of cma_ask
AREA = 64 << 20 >> 12	# of Debian's kernels


def text(name):
    with open(os.path.join(OUT, name), encoding="utf-8") as file:
        return file.read()


def check(name, good, detail):
    report(name, [] if good else [str(detail)])


def area_of(name):
    answer = json.loads(text(name + ".json"))
    report(name + ": valid by its schema", invalid(validator("allocwatch-blockers-1.json"), answer))
    check(name + ": one area of 64 MiB", [one["pages"] for one in answer["cma"]] == [AREA], answer["cma"])
    area = answer["cma"][0]
    check(name + ": all its pages are told apart", sum(area[key] for key in ("free", "movable", "taken", "stuck")) == AREA, area)
    check(name + ": as many are free as the kernel counts", abs(area["free"] - int(text(name + ".free"))) <= 256, area)
    return answer, area


def check_request(name, area):
    """The first of the three requests; the others find its pages taken."""
    succeeded = text(name + ".dmesg").count("cma_ask: succeeded")
    check("%s: a request succeeds if the largest run is larger" % name, (succeeded > 0) == (area["largest"] >= ASKED),
          "largest %d, %d succeeded" % (area["largest"], succeeded))


def check_scan(pinned):
    """The first of the requests that fail one after the other is followed by a scan, the others by none."""
    lines = [json.loads(line) for line in text("cma.jsonl").splitlines()]
    schema = validator("allocwatch-1-line.json")
    report("scan: each line follows its schema", [wrong for line in lines for wrong in [invalid(schema, line)] if wrong])
    failed = [line for line in lines if line["type"] == "cma-failure"]
    scans = [line for line in lines if line["type"] == "scan"]
    check("scan: one for all refusals", len(failed) == 3 and len(scans) == 1, "%d, %d" % (len(failed), len(scans)))
    cma = scans[0]["scan"]["cma"]
    check("scan: of the request", cma["asked"] == ASKED and cma["area"] == failed[0]["area"] and
          scans[0]["site"] == failed[0]["site"] and scans[0]["comm"] == "insmod", scans[0])
    check("scan: the area as blockers has it", len(cma["areas"]) == 1 and cma["areas"][0]["pages"] == AREA and
          abs(cma["areas"][0]["stuck"] - pinned["stuck"]) <= pinned["stuck"] / 20 and cma["areas"][0]["largest"] < ASKED, cma)
    hold = [one for one in cma["stuck_by"] if one["name"] == "hold"]
    check("scan: it is pinned by hold, without privileges", len(hold) == 1 and hold[0]["type"] == "process" and
          hold[0]["class"] == "pinned" and hold[0]["pages"] >= 0.98 * cma["areas"][0]["stuck"] and
          "process hold[%d]" % hold[0]["pid"] in scans[0]["scan"]["answer"], cma)


def check_held():
    """--holders follows all of CMA: what the driver keeps, by its function, and nothing of it once it gave it back."""
    rows = {name: [row for row in json.loads(text(name + ".json"))["held"] if row["migratetype"] == "CMA"]
            for name in ("kept", "gone_again")}
    check("holders: the driver has its pages of CMA", [(row["pages"], row["sample"], row["site"]["symbol"]) for row in rows["kept"]
                                                       if row["site"]] == [(ASKED, 1, "cma_ask")], rows["kept"])
    check("holders: none that it gave back", not rows["gone_again"], rows["gone_again"])
    check("holders: in the report, too", re.search(r"^ +%d +0 +14  CMA .*  cma_ask \[cma_ask\]" % ASKED, text("kept.txt"), re.M), text("kept.txt")[-3000:])


def main():
    _, empty = area_of("empty")
    answer, pinned = area_of("pinned")
    _, after = area_of("after")
    check("empty: the request would succeed", empty["largest"] >= ASKED and empty["stuck"] == 0, empty)
    # Memory outside of the area is full first, so not all of it is used: 3972 to 4540 pages were stuck.
    check("pinned: many pages are stuck", pinned["stuck"] > AREA / 8 and pinned["largest"] < ASKED, pinned)
    check("pinned: tried, since nobody has them", pinned["largest_untaken"] >= ASKED, pinned)
    holders = [one for one in answer["holders"] if one["cma_pages"]]
    check("pinned: by hold alone", [one["name"] for one in holders] == ["hold"] and
          holders[0]["cma_pages"] >= 0.98 * pinned["stuck"], holders)
    check("after: what was pinned is free again", after["stuck"] == 0 and after["largest"] >= ASKED, after)
    check_request("pinned", pinned)
    check_request("after", after)
    check_scan(pinned)
    check_held()


main()
