#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Tests that the output of `explain --json` is valid, agrees with the text output, and has the right lines of the log.

usage: tests/export/check_explain.py PROGRAM
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

from schema import HERE, invalid, report, same, validator

LOGS = os.path.join(HERE, "..", "golden", "explain")
# The text in a header line, by the type of the report.
HEADERS = {
    "failure": r"page allocation failure|vmemmap alloc failure|WARNING: .* mm/page_alloc\.c:\d+|"
               r"XFS.*: .*possible memory allocation deadlock|Possible memory allocation deadlock: size=|"
               r"SL[AU]B: Unable to allocate memory on|-order allocation failed|Allocation of length \d+ from process",
    "stall": r"page allocation stalls",
    "oom-kill": r"invoked oom-killer|[Oo]ut of [Mm]emory: Kill(ed)? process|Killed process|memory: usage |Memory cgroup stats for |VM: killing process|"
                r"Out of memory and no killable processes|Kill(ing)? '",
    "cma-failure": r"cma.*alloc failed",
    "warning": r"vmalloc",
    "pool": r"swiotlb buffer is full|HugeTLB: allocating|PFNs busy|percpu: allocation failed|binder_alloc_buf|zram: Error|"
            r"KB requested|suitable pool|coherent pool is too small|DMA pool exhausted",
}
# What a report without its header may begin with.
HEADLESS = r"Mem-Info:|warn_alloc|__alloc_pages|show_stack|CPU: |Call [Tt]race"
TOTALS = {"failure": "failures", "stall": "stalls", "oom-kill": "oom_kills", "cma-failure": "cma_failures",
          "warning": "warnings", "pool": "pools"}


def run(program, *args, stdin=subprocess.DEVNULL):
    result = subprocess.run([program, "explain", *args], stdin=stdin, capture_output=True, cwd=LOGS, timeout=60,
                            env={**os.environ, "COLUMNS": "1000"}, check=False)
    return result.returncode, result.stdout.decode("utf-8", "replace")


def line_of(path, number):
    with open(os.path.join(LOGS, path), "rb") as file:
        lines = file.read().split(b"\n")
    return lines[number - 1].decode("utf-8", "replace") if number <= len(lines) else ""


def misplaced(failures):
    """Failures whose line is not a header; a header wrapped by a mailer continues in the next line.

    A line that quoted-printable broke has the number of its last part.
    """
    wrong = []
    for failure in failures:
        for file, number in ((failure["file"], failure["line"]), (failure["last_file"], failure["last_line"])):
            text = line_of(file, number) + " " + line_of(file, number + 1).lstrip("> ")
            if number > 1 and line_of(file, number - 1).endswith("="):
                text = line_of(file, number - 1)[:-1] + text
            if not re.search((HEADLESS if "header" in failure["missing"] else HEADERS[failure["type"]]), text):
                wrong.append("%s:%d: %s" % (file, number, text))
    return wrong


def wrong_sums(document):
    """Each total is the sum over its failures and over the logs."""
    totals, failures, logs = document["totals"], document["failures"], document["logs"]
    found = {"reports": sum(f["count"] for f in failures) + document["failures_ungrouped"]}
    for kind, key in TOTALS.items():
        found[key] = sum(f["count"] for f in failures if f["type"] == kind)
    found["hard"] = sum(f["hard"] for f in failures)
    found["opportunistic"] = found["reports"] - found["hard"]
    for key in ("incomplete", "suppressed"):
        found[key] = sum(log[key] for log in logs)
    same_reports = sum(log["reports"] for log in logs) == totals["reports"]
    return [] if found == totals and same_reports else [found, totals]


def unlike_text(failures, text):
    """The text has a block for each failure, in the same order, with the same verdict."""
    blocks = re.split(r"\n\n", text)
    if len(failures) > 1:
        blocks = blocks[1:]
    wrong = []
    for failure, block in zip(failures, blocks):
        cause = re.search(r"^  cause       (?:unknown, likely |likely )?([a-z-]+)", block, re.M).group(1)
        verdict = failure["verdict"]
        expected = verdict["likely_cause"] or verdict["cause"]
        if not block.startswith("%d " % failure["count"]) or cause != expected:
            wrong.append("%s is not %s" % (block.splitlines()[0], json.dumps(failure)[:300]))
        if verdict["headline"] not in block:
            wrong.append("no headline: " + verdict["headline"])
        for advice in failure["advice"]:
            if advice["text"] not in block:
                wrong.append("no advice: " + advice["text"])
    return wrong if len(failures) <= len(blocks) else ["%d blocks of %d" % (len(blocks), len(failures))]


def is_worst_first(failures):
    ranks = [(not f["hard"], -f["count"]) for f in failures]
    return ranks == sorted(ranks)


def report_by(site, second):
    return ("[{0}.000000] hog: page allocation failure: order:4, mode:0xc0d0\n"
            "[{0}.000001] CPU: 0 PID: 1 Comm: hog Not tainted 3.18.20 #1\n[{0}.000002] Call trace:\n"
            "[{0}.000003] [<0>] warn_alloc_failed+0x10/0x20\n[{0}.000004] [<0>] {1}+0x10/0x20\n").format(second, site)


def check_many_kinds(program):
    """A frequent one that comes after more kinds than are kept is not the one that is left out."""
    rare, late = 9000, 500
    with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
        log.writelines(report_by("drv_%d_probe" % i, i) for i in range(rare))
        log.writelines(report_by("late_probe", rare + i) for i in range(late))
        log.flush()
        document = json.loads(run(program, "--json", log.name)[1])
        text = run(program, log.name)[1]
    first = document["failures"][0]
    same("many kinds: the frequent one is first, and whole", ("late_probe", late), (first["site"]["symbol"], first["count"]))
    counted = sum(failure["count"] for failure in document["failures"])
    same("many kinds: what is left out is counted", rare + late, counted + document["failures_ungrouped"])
    report("many kinds: some are left out, and the text says so", "" if document["failures_ungrouped"] and
           "\n%d more reports are not shown: " % document["failures_ungrouped"] in text else text[-300:])


def main():
    program, schema = os.path.abspath(sys.argv[1]), validator("allocwatch-explain-1.json")
    logs = sorted(os.path.basename(path) for path in glob.glob(LOGS + "/*") if path.endswith((".log", ".txt", ".bin")))
    found = {"schema": [], "places": [], "sums": [], "text": [], "order": []}
    types = set()
    for args in [[log] for log in logs] + [logs]:
        status, text = run(program, "--json", *args)
        document = json.loads(text)
        name = " ".join(args)[:60]
        wrong = invalid(schema, document)
        if wrong or status:
            found["schema"].append("%s: %d %s" % (name, status, wrong))
        found["places"] += misplaced(document["failures"])
        found["sums"] += wrong_sums(document)
        found["text"] += unlike_text(document["failures"], run(program, *args)[1])
        if not is_worst_first(document["failures"]):
            found["order"].append(name)
        types.update(failure["type"] for failure in document["failures"])
    same("the logs have every type of report but stalls", sorted(set(HEADERS) - {"stall"}), sorted(types))
    report("%d logs, each and all: valid" % len(logs), "\n".join(found["schema"]))
    report("each line is that of a header", "\n".join(found["places"]))
    report("totals add up", "\n".join(map(str, found["sums"])))
    report("the text says the same", "\n".join(found["text"]))
    report("the worst comes first", "\n".join(found["order"]))
    check_many_kinds(program)

    with open(os.path.join(LOGS, "cut-header.log"), "rb") as log:
        status, text = run(program, "--json", "--exit-code", stdin=log)
    document = json.loads(text)
    same("standard input has no name, and a hard failure its exit status", (None, None, 3),
         (document["logs"][0]["file"], document["failures"][0]["file"], status))
    same("what is cut is null", (None, None, "failure"),
         tuple(document["failures"][0][key] for key in ("gfp", "site", "type")))
    status, text = run(program, "--json", "no-such-file", "no-failures.log")
    document = json.loads(text)
    report("a log that can't be read is named", invalid(schema, document) or
           ("" if status == 1 and "no-such-file" in document["logs"][0]["error"] else text))
    same("nothing found is an empty list", [], document["failures"])
    status, text = run(program, "--json", "hostile-comm.log")
    report("obeys no terminal", re.findall(r"[^\x20-\x7e\n]", text))
    status, text = run(program, "--json", "--order", "4", "--gfp", "0xd0", "--kernel", "3.18")
    same("a request has no JSON, and says so", (2, ""), (status, text))


main()
