#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
# Tests that the formats exported from a recording are valid and agree with each other.
#
# usage: tests/export/check.py DIR
#
# DIR holds out.json, out.jsonl, out.folded, and TABLE.csv for each table.  Optional:
# out.prometheus, out.svg, out.html, report.txt, report-by-comm.txt, and a file
# with the true numbers: lines "failures N", "comm COUNT HEX" and so on.
import collections
import csv
import glob
import json
import os
import re
import sys

from schema import invalid, report, same, validator

BINARY = (".perfetto", ".perfetto-trace", ".pprof", ".gz")
TABLES = "order gfp migratetype site stack latency time extfrag zones".split()


def unescape(text):
    """Reverses aw_json_text() and aw_escape_csv(); an empty field is None."""
    parts = re.split(rb"(\\\\|\\x[0-9a-f]{2})", (text or "").encode())
    return b"".join(b"\\" if p == b"\\\\" else bytes([int(p[2:], 16)]) if p.startswith(b"\\x") else p
                    for p in parts)


def read_csv(path):
    """Rows as dicts.  RFC 4180: each line ends with CR LF, and each row has one cell per column."""
    with open(path, newline="", encoding="utf-8") as file:
        text = file.read()
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, strict=True))
    wrong = [row for row in rows if len(row) != len(rows[0])]
    if text.count("\r\n") != len(rows) or text.count("\n") != len(rows) or text.count("\r") != len(rows):
        wrong.append("a line does not end with CR LF, or a cell has one")
    if re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", text):
        wrong.append("a control character")
    if any(re.match(r"[=+@]|-[^0-9]", cell) for row in rows for cell in row):
        wrong.append("a cell is a formula")
    report("%s is RFC 4180" % os.path.basename(path), "\n".join(map(str, wrong)))
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def read_folded(path):
    rows = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            match = re.fullmatch(r"([^ ;\x00-\x1f]+(?:;[^ ;\x00-\x1f]+)*) ([0-9]+)\n", line)
            rows.append((match.group(1), int(match.group(2))) if match else line)
    report("out.folded has frames and a count a line", "\n".join(r for r in rows if isinstance(r, str)))
    return [r for r in rows if not isinstance(r, str)]


def total(rows, key):
    return sum(int(row[key]) for row in rows)


def histogram(rows, key, count):
    result = collections.Counter()
    for row in rows:
        result[str(row[key] if row[key] is not None else "")] += int(row[count])
    return result


def read_truth(path):
    truth, comms = {}, collections.Counter()
    if not os.path.exists(path):
        return None, None
    with open(path) as file:
        for line in file:
            key, _, value = line.rstrip("\n").partition(" ")
            if key == "comm":
                count, _, comm = value.partition(" ")
                comms[bytes.fromhex(comm)] += int(count)
            else:
                truth[key] = int(value)
    return truth, comms


def check_document(document, name):
    report("%s follows its schema" % name, invalid(validator("allocwatch-1.json"), document))
    failures = document["totals"]["failures"]
    for key in "order gfp migratetype site log context cause rule time".split():
        same("%s: histogram %s adds up" % (name, key), failures, total(document["histograms"][key], "failures"))
    same("%s: what groups sampled adds up" % name, failures - document["totals"]["unsampled"],
         total(document["failures"], "sampled"))
    report("%s: no sample, no process" % name,
           [group for group in document["failures"] if (group["sampled"] == 0) != (group["sample_seen"] is None) or
            (not group["sampled"] and (group["comm"], group["pid"], group["zones"]) != (None, None, []))])
    same("%s: groups add up" % name, failures,
         total(document["failures"], "count") + document["failures_ungrouped"])
    same("%s: hard failures of the groups add up" % name, document["totals"]["hard"],
         total(document["failures"], "hard"))
    same("%s: histogram latency adds up" % name, document["totals"]["stalls"],
         total(document["histograms"]["latency"], "count"))
    same("%s: steals add up" % name, document["totals"]["extfrag"], total(document["extfrag"], "count"))
    same("%s: stalls add up" % name, document["totals"]["stalls"], total(document["stalls"], "count"))


def stands_for(line):
    return line.get("unsampled", 1)


def count_lines(failed, value):
    counts = collections.Counter()
    for line in failed:
        counts[str(value(line))] += stands_for(line)
    return counts


def check_lines(lines, document):
    schema = validator("allocwatch-1-line.json")
    report("each line of out.jsonl follows its schema",
           "\n".join("line %d: %s: %s" % (i + 1, line.get("type"), wrong) for i, line in enumerate(lines)
                     for wrong in [invalid(schema, line)] if wrong)[:4000])
    same("out.jsonl begins and ends", ("start", "totals"), (lines[0]["type"], lines[-1]["type"]))
    same("out.jsonl ends with the totals of the document", document["totals"], lines[-1]["totals"])
    failed = [line for line in lines if line["type"] == "failure"]
    of = collections.Counter(line["type"] for line in lines)
    of["failure"] = sum(stands_for(line) for line in failed)
    for kind, key in (("failure", "failures"), ("stall", "stalls"), ("extfrag", "extfrag"),
                      ("oom-kill", "oom_kills"), ("cma-failure", "cma_failures"), ("warning", "warnings")):
        same("as many lines of type %s" % kind, document["totals"][key], of[kind])
    same("lines stand for the failures that were counted only", document["totals"]["unsampled"],
         sum(line.get("unsampled", 0) for line in failed))
    report("no process is named for failures that were counted only",
           [line for line in failed if "unsampled" in line and
            any(line[key] is not None for key in ("comm", "pid", "tid", "cgroup", "cgroup_id", "cpu"))])
    report("no cause is guessed for failures that were counted only",
           [line["verdict"] for line in failed if "unsampled" in line and
            (line["verdict"]["likely_cause"] or line["zones"] or "fragmentation" in line["verdict"]["cause"])])
    succeeded = collections.Counter()
    for line in lines:
        if line["type"] == "allocations":
            succeeded[line["order"]] += line["count"]
    same("lines and histogram order agree in allocations", succeeded,
         collections.Counter({row["order"]: row["allocations"] for row in document["histograms"]["order"]
                              if row.get("allocations")}))
    same("allocations add up", document["totals"].get("allocations", 0), sum(succeeded.values()))
    for key, value in (("order", lambda e: e["order"]), ("gfp", lambda e: "|".join(e["gfp"]["names"])),
                       ("log", lambda e: e["log"]), ("cause", lambda e: e["verdict"]["cause"]),
                       ("rule", lambda e: e["verdict"]["rule"]),
                       ("migratetype", lambda e: e["migratetype"])):
        same("lines and histogram %s agree" % key, histogram(document["histograms"][key], key, "failures"),
             count_lines(failed, value))
    return failed


def check_tables(tables, document):
    h = document["histograms"]
    for name, key, count in (("order", "order", "failures"), ("gfp", "gfp", "failures"),
                             ("migratetype", "migratetype", "failures"), ("latency", "le_us", "count"),
                             ("time", "uptime_us", "failures"), ("time", "uptime_us", "hard")):
        same("table and histogram %s agree in %s" % (name, count), histogram(h[name], key, count),
             histogram(tables[name], key, count))
    same("table and histogram site agree",
         collections.Counter({(unescape(r["symbol"]), unescape(r["module"])): r["failures"] for r in h["site"]}),
         collections.Counter({(unescape(r["symbol"]), unescape(r["module"])): int(r["failures"])
                              for r in tables["site"]}))
    same("table stack adds up", document["totals"]["failures"], total(tables["stack"], "failures"))
    same("table stack adds up in hard", document["totals"]["hard"], total(tables["stack"], "hard"))
    same("table stack adds up in sampled", document["totals"]["failures"] - document["totals"]["unsampled"],
         total(tables["stack"], "sampled"))
    same("table order adds up in allocations", document["totals"].get("allocations"),
         sum(int(row["allocations"]) for row in tables["order"]) if tables["order"] and
         tables["order"][0]["allocations"] else None)
    same("table extfrag and document agree",
         [(str(s["count"]), s["from"], s["to"]) for s in document["extfrag"]],
         [(s["count"], s["from"], s["to"]) for s in tables["extfrag"]])
    same("table zones and document agree", [(z["name"], z["free"]) for z in document["zones"]],
         [(z["zone"], int(z["free"])) for z in tables["zones"]])


def samples(text, metric):
    """The values of a metric in the text format, by its labels."""
    return [(dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels)), int(value)) for labels, value in
            re.findall(r"^%s(?:\{(.*)\})? (\d+)$" % metric, text, re.M)]


def check_metrics(text, document):
    totals = document["totals"]
    for metric, key in (("allocwatch_failures_total", "failures"), ("allocwatch_class_failures_total", "failures"),
                        ("allocwatch_log_failures_total", "failures"), ("allocwatch_extfrag_steals_total", "extfrag"),
                        ("allocwatch_unsampled_failures_total", "unsampled"),
                        ("allocwatch_allocations_total", "allocations")):
        same("%s and document agree" % metric, totals.get(key, 0), sum(value for _, value in samples(text, metric)))
    same("metrics and histogram order agree in allocations",
         {str(row["order"]): row["allocations"] for row in document["histograms"]["order"] if row.get("allocations")},
         {labels["order"]: value for labels, value in samples(text, "allocwatch_allocations_total")})


def check_graph(text, document):
    same("out.svg counts all", ["%d failed page requests by stack" % document["totals"]["failures"]],
         re.findall(r">(\d+ failed page requests? by stack)<", text))


def check_page(text, document):
    totals = document["totals"]
    tile = re.search(r'<b>(\d+)</b> <span>failures</span><span class="note">([^<]*)</span>', text)
    same("out.html counts all", str(totals["failures"]), tile and tile.group(1))
    if totals["unsampled"]:
        same("out.html has the number of failures that were counted only", "%d sampled, %d counted only" %
             (totals["failures"] - totals["unsampled"], totals["unsampled"]), tile and tile.group(2))
    same("out.html counts successful requests", [str(totals["allocations"])] if "allocations" in totals else [],
         re.findall(r"<b>(\d+)</b> <span>successful requests</span>", text))
    if totals["failures"]:
        report("out.html says how many failures may be missing",
               "" if ("at most %d failures are missing from the counts" % totals["uncounted_at_most"] if totals["uncounted_at_most"]
                      else "all counts are exact") in text else "it does not")


def check_report(name, text, document):
    totals, sampled = document["totals"], document["totals"]["failures"] - document["totals"]["unsampled"]
    same("%s counts all" % name, [str(totals["failures"])], re.findall(r"^failures (\d+): ", text, re.M))
    same("%s has the number of failures that were counted only" % name, [(str(sampled), str(totals["unsampled"]))] if totals["unsampled"]
         else [], re.findall(r"^sampling: (\d+) sampled, (\d+) counted only", text, re.M))
    same("%s counts successful requests" % name, [str(totals["allocations"])] if "allocations" in totals else [],
         re.findall(r"; successful requests (\d+)", text))
    groups = re.split(r"^#\d+  ", text, flags=re.M)[1:]
    counts = [int(re.match(r"\d+", group).group()) for group in groups]
    same("%s: groups add up" % name, totals["failures"], sum(counts))
    of = [re.search(r"^  sampled     (\d+|none) of (\d+) failures$", group, re.M) for group in groups]
    same("%s: what groups sampled adds up" % name, sampled,
         sum(count if not match else 0 if match.group(1) == "none" else int(match.group(1))
             for count, match in zip(counts, of)))
    same("%s says how many failures may be missing" % name,
         [str(totals["uncounted_at_most"])] if totals["uncounted_at_most"] else [],
         re.findall(r"^counts: at most (\d+) failures are missing$", text, re.M))


def check_others(path, document):
    """Checks the formats for people and for Prometheus."""
    for name, check in (("out.prometheus", check_metrics), ("out.svg", check_graph), ("out.html", check_page),
                        ("report.txt", lambda text, document: check_report("report.txt", text, document)),
                        ("report-by-comm.txt", lambda text, document: check_report("report-by-comm.txt", text, document))):
        if not os.path.exists(path(name)):
            continue
        with open(path(name), encoding="utf-8") as file:
            check(file.read(), document)


def check_comms(comms, where, rows):
    """Each name has its own cell, and its bytes can be recovered."""
    got = collections.Counter()
    for comm, count in rows:
        got[unescape(comm)] += count
    same("%s: every task name survives" % where, comms, got)


def check_truth(directory, truth, comms, document, failed, tables):
    got = dict(document["totals"], lost=sum(document["lost"].values()))
    same("the totals are true", truth, {key: got.get(key) for key in truth})
    check_comms(comms, "jsonl", [(line["comm"], stands_for(line)) for line in failed])
    check_comms(comms, "csv", [(row["comm"], int(row["failures"])) for row in tables["stack"]])
    with open(os.path.join(directory, "by-comm.json")) as file:
        by_comm = json.load(file)
    check_document(by_comm, "by-comm.json")
    check_comms(comms, "json", [(group["keys"]["comm"], group["count"]) for group in by_comm["failures"]])
    with open(os.path.join(directory, "filtered.json")) as file:
        filtered = json.load(file)
    check_document(filtered, "filtered.json")
    same("a filter leaves its failures", [row for row in document["histograms"]["order"] if row["order"] == 9],
         [row for row in filtered["histograms"]["order"] if row["failures"]])


def check_diff(path):
    with open(path) as file:
        diff = json.load(file)
    name = os.path.basename(path)
    report("%s follows its schema" % name, invalid(validator("allocwatch-diff-1.json"), diff))
    for side in ("before", "after"):
        same("%s: %s adds up" % (name, side), diff[side]["totals"]["failures"],
             sum(change[side]["failures"] for change in diff["changes"]))
    same("%s: counts are those of the list" % name,
         {k: v for k, v in diff["counts"].items() if v and k != "new_hard"},
         dict(collections.Counter(change["change"] for change in diff["changes"])))


def check_secrets(directory):
    for path in sorted(glob.glob(os.path.join(directory, "*"))):
        with open(path, "rb") as file:
            data = file.read()
        if os.path.basename(path) == "truth":
            continue
        found = re.findall(rb"(?i)ffff[0-9a-f]{12}", data)
        # a text report shows a frame without a name as the source has it
        report("%s tells no kernel address" % os.path.basename(path), not path.endswith(".txt") and found)
        if os.path.splitext(path)[1] in BINARY:
            continue
        report("%s obeys no terminal" % os.path.basename(path), re.findall(rb"[\x1b\x9b]|\xc2[\x80-\x9f]", data))


def main():
    directory = sys.argv[1]
    path = lambda name: os.path.join(directory, name)
    with open(path("out.json")) as file:
        document = json.load(file)
    with open(path("out.jsonl")) as file:
        lines = [json.loads(line) for line in file]
    tables = {name: read_csv(path(name + ".csv")) for name in TABLES}
    check_document(document, "out.json")
    failed = check_lines(lines, document)
    check_tables(tables, document)
    folded = read_folded(path("out.folded"))
    same("out.folded adds up", document["totals"]["failures"], sum(count for _, count in folded))
    check_others(path, document)
    truth, comms = read_truth(path("truth"))
    if truth:
        check_truth(directory, truth, comms, document, failed, tables)
    for diff in sorted(glob.glob(path("diff*.json"))):
        check_diff(diff)
    check_secrets(directory)


main()
