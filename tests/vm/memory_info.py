#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Compares allocwatch's zone snapshot with the kernel's report.

usage: memory_info.py LIVE_OUTPUT DMESG

Reads the zones of the first group of a `live` report and the Mem-Info that
the kernel printed for the same failure, and prints "ok" or "not ok" for each
number.  The kernel prints its report after the snapshot was taken, so order 0
and the sums may differ by up to 63 pages (a per-cpu batch), and the larger
blocks by as many pages in total, because a batch may come from them, too.
"""
import re
import sys

PAGES_OFF = 63


def check(name, good, detail=""):
    print(f"ok - {name}" if good else f"not ok - {name}")
    if not good and detail:
        print(f"#   {detail}")


def fields(line):
    """The name:123kB pairs of a line."""
    return {name: int(value) for name, value in re.findall(r"([a-z_]+):(\d+)k[Bb]", line.replace("KB", "kB"))}


def blocks(line):
    """(count, kB, letters) of 29697*4kB (U) 5*8kB (UE) ..."""
    return [(int(n), int(kb), "".join(sorted(types or ""))) for n, kb, types in
            re.findall(r"(\d+)\*(\d+)kB(?: \(([A-Z]+)\))?", line)]


def snapshot(text):
    """Maps zones to (fields, blocks) of allocwatch's first snapshot."""
    zones = {}
    lines = text.split("\n")
    for start, line in enumerate(lines):
        if line.startswith("  zones "):
            break
    else:
        return zones
    for i in range(start + 1, len(lines) - 1):
        match = re.match(r"    node (\d+) (\S+) free:", lines[i])
        if match:
            zones[match.groups()] = (fields(lines[i]), blocks(lines[i + 1]))
        elif not lines[i].startswith("      "):
            break
    return zones


def kernel(text):
    """The same for the first Mem-Info in the kernel log."""
    first = text.split("Mem-Info:")[1] if "Mem-Info:" in text else ""
    zones = {}
    for match in re.finditer(r"Node (\d+) (\S+) (free:\d+kB.*)", first):
        zones.setdefault(match.groups()[:2], [fields(match[3]), []])
    for match in re.finditer(r"Node (\d+) (\S+): (\d+\*\d+kB.*) = \d+kB", first):
        key = match.groups()[:2]
        if key in zones and not zones[key][1]:
            zones[key][1] = blocks(match[3])
    return {key: tuple(value) for key, value in zones.items()}


def compare(key, ours, theirs):
    name = f"node {key[0]} {key[1]}"
    our_fields, our_blocks = ours
    their_fields, their_blocks = theirs
    page = their_blocks[0][1]
    for field in ("free", "min", "low", "high", "boost", "managed", "free_cma", "reserved_highatomic", "free_highatomic"):
        if field not in their_fields:
            continue
        expected = their_fields[field]
        # From 5.0 on, the printed watermarks include the boost, which allocwatch shows separately.
        if field in ("min", "low", "high"):
            expected -= their_fields.get("boost", our_fields.get("boost", 0))
        off = PAGES_OFF * page if field in ("free", "free_cma") else 0
        check(f"{name}: {field} {expected} kB", abs(our_fields.get(field, -1) - expected) <= off,
              f"allocwatch has {our_fields.get(field)}")
    check(f"{name}: as many orders", len(our_blocks) == len(their_blocks), f"{our_blocks} {their_blocks}")
    moved = sum(abs(mine[0] - other[0]) << order for order, (mine, other) in enumerate(zip(our_blocks, their_blocks)) if order)
    for order, (mine, other) in enumerate(zip(our_blocks, their_blocks)):
        off = PAGES_OFF if order == 0 or moved <= PAGES_OFF else 0
        check(f"{name}: order {order} has {other[0]} blocks of {other[1]} kB", mine[1] == other[1] and abs(mine[0] - other[0]) <= off,
              f"allocwatch has {mine}")
        # A block that was added or removed may change the list of migratetypes.
        if order:
            check(f"{name}: order {order} has types '{other[2]}'", mine[2] == other[2] or mine[0] != other[0], f"allocwatch has {mine}")


def main():
    with open(sys.argv[1], errors="replace") as file:
        ours = snapshot(file.read())
    with open(sys.argv[2], errors="replace") as file:
        theirs = kernel(file.read())
    check("the kernel log has a Mem-Info", bool(theirs))
    populated = {key: zone for key, zone in theirs.items() if zone[0].get("managed", 1)}
    check("the same zones", set(ours) == set(populated), f"{sorted(ours)} {sorted(populated)}")
    for key in sorted(set(ours) & set(populated)):
        compare(key, ours[key], populated[key])


main()
