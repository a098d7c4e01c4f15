#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Tests that the formats that check.py does not read have the same numbers: prometheus, svg and html.

usage: agree.py DIR WARNED SILENT

DIR holds the exports of a recording: out.json, out.prometheus, out.svg and
out.html.  WARNED and SILENT are the ground truth of the workload.
"""
import glob
import html.parser
import json
import re
import sys
import xml.dom.minidom


def report(name, good, detail=""):
    print(("ok - " if good else "not ok - ") + name)
    if not good:
        print("#   " + str(detail)[:2000])


class Text(html.parser.HTMLParser):
    """The text of a page."""

    def __init__(self):
        super().__init__()
        self.words = []

    def handle_data(self, data):
        self.words.append(data)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def by_site(text):
    """Maps sites to failures, from the Prometheus text."""
    counts = {}
    for site, value in re.findall(r'^allocwatch_failures_total\{.*site="([^"]*)".*\} (\d+)$', text, re.M):
        counts[site] = counts.get(site, 0) + int(value)
    return counts


def main():
    directory, warned, silent = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    document = json.loads(read(f"{directory}/out.json"))
    report("json: all failures of the truth", document["totals"]["failures"] >= warned + silent, document["totals"])
    sites = {}
    for group in document["failures"]:
        if group["comm"] == "repro":
            name = group["site"]["symbol"]
            sites[name] = sites.get(name, 0) + group["count"]
    report("json: the warned by site", sites.get("ioctx_alloc") == warned, sites)
    report("json: the silent by site", sites.get("pipe_resize_ring") == silent, sites)
    counts = by_site(read(f"{directory}/out.prometheus"))
    report("prometheus: as many as json", sum(counts.values()) == document["totals"]["failures"], counts)
    report("prometheus: the warned by site", counts.get("ioctx_alloc") == warned, counts)
    graph = xml.dom.minidom.parseString(read(f"{directory}/out.svg"))
    titles = [node.firstChild.data for node in graph.getElementsByTagName("title") if node.firstChild]
    frame = [title for title in titles if title.startswith("ioctx_alloc")]
    report("svg: the warned below their site", any(re.search(rf"\b{warned}\b", title) for title in frame), frame)
    page = Text()
    page.feed(read(f"{directory}/out.html"))
    text = " ".join(" ".join(page.words).split())
    report("html: the failures", re.search(rf"\b{document['totals']['failures']}\b", text) is not None)
    report("html: the site and the verdict", "ioctx_alloc" in text and "costly-order" in text)
    for path in sorted(glob.glob(f"{directory}/*")):
        found = re.search(r"ffff[0-9a-f]{12}", read(path))
        report(f"{path.rsplit('/', 1)[1]}: no kernel address", not found, found)


main()
