#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Prints the failures in `live --format jsonl` output: `failures.py FILE` prints one per line, sorted.

Prints only what every source knows: process, request, call site and verdict.
"""
import json
import sys


def tell(line):
    verdict, gfp, site = line["verdict"], line["gfp"], line["site"]
    return (f"{line['comm']}[{line['pid']}] order {line['order']} {line['bytes']} {'|'.join(gfp['names'])} {gfp['raw']} "
            f"{line['migratetype']} {line['class']} {site['symbol']} {verdict['cause']} {verdict['rule']}")


def main():
    with open(sys.argv[1], encoding="ascii") as file:
        lines = [json.loads(text) for text in file]
    failures = [line for line in lines if line["type"] == "failure" and not line["before_start"]]
    print("\n".join(sorted(map(tell, failures))))


main()
