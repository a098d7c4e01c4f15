#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Prints the row of a kernel in docs/kernels.md: `kernels_page.py SUITE PAGE_SIZE DOCTOR.json`.

The row shows what doctor prints on this kernel. sid is always the newest, and
experimental the newest candidate, so their release is left out.
"""
import json
import sys


def cell(words):
    return ", ".join(words) or "nothing"


def main():
    suite, page_size, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        answer = json.load(file)
    kernel = answer["kernel"]
    version = ".".join(kernel["release"].split(".")[:2])
    sources = {row["name"]: row for row in answer["sources"]}
    lacks = {name: [missing["what"] for missing in row["missing"]] for name, row in sources.items()}
    always = {"zones at the failure", "warn_alloc", "stalls, OOM kills", "cma_alloc"}
    noes = [row["name"] for row in answer["features"] if not row["ok"] and row["name"] != "module"]
    arch = {"aarch64": "arm64"}.get(kernel["arch"], kernel["arch"])
    release = {"sid": "newest", "experimental": "newest -rc"}.get(suite.split("-")[0], version)
    bpf = cell(lacks["bpf"]) if sources["bpf"]["ok"] else "all: it can't load"
    tracefs = cell([what for what in lacks["tracefs"] if what not in always])
    if not sources["tracefs"]["ok"]:
        tracefs = "all: it can't be read"
    print(f"| {suite} | {release} {arch} | {int(page_size) // 1024}K | {answer['source']} | {bpf} | "
          f"{tracefs} | {cell(noes)} |")


main()
