#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Tests what page scans said in the VM: tests/vm/scan.py DIR"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DOCS = os.path.join(HERE, "..", "..", "docs")
sys.path.insert(0, os.path.join(HERE, "..", "export"))
from schema import invalid, report, same, validator  # noqa: E402

OUT = sys.argv[1]


def path(name):
    return os.path.join(OUT, "scan", name)


def read(name):
    with open(path(name)) as file:
        return file.read()


def lines_of(name):
    return [json.loads(line) for line in read(name).splitlines() if line.startswith("{")]


def free_blocks(name, order):
    """Blocks of `order` in blocks of it and above that a request with neither CMA nor reserve may have."""
    blocks = 0
    for line in read(name).splitlines():
        match = re.match(r"Node +\d+, zone +\S+, type +(\S+) +([\d> ]+)$", line)
        if match and match.group(1) not in ("CMA", "HighAtomic", "Isolate"):
            counts = [int(word.lstrip(">")) for word in match.group(2).split()]
            blocks += sum(count << (i - order) for i, count in enumerate(counts) if i >= order)
    return blocks


def check_lines(name):
    schema = validator("allocwatch-1-line.json")
    lines = lines_of(name)
    report("%s: each line follows its schema" % name,
           "\n".join(wrong for line in lines for wrong in [invalid(schema, line)] if wrong)[:4000])
    return lines


def check_can():
    lines = check_lines("can.txt")
    scans = [line for line in lines if line["type"] == "scan"]
    report("can: one scan", "" if len(scans) == 1 else json.dumps(scans)[:2000])
    if not scans:
        return
    scan = scans[0]["scan"]
    # kcompactd may have made a part of them before the whole memory is compacted.
    before, gained = (free_blocks(name, 4) - scan["windows"]["free"] for name in ("can.before", "can.after"))
    low, high = scan["makeable"], scan["makeable_most"]
    slack = max(32, gained // 5)
    report("can: compaction gained %d blocks (%d by kcompactd), and %d to %d were foretold" % (gained, before, low, high),
           "" if low - slack <= gained <= high + slack and high > 0 else str(scan)[:2000])
    failures = [line for line in lines if line["type"] == "failure"]
    if len(failures) == 1:
        report("can: the next request got a block of kcompactd's", "" if before > 0 else json.dumps(failures)[:2000])
        return
    report("can: the next failure's verdict states it",
           "" if re.match(r"(likely |[0-9]+ blocks? w(as|ere) free then; )*compaction can make about [0-9]+( to [0-9]+)? blocks of 64 KiB",
                          failures[-1]["verdict"]["pages_text"] or "") else json.dumps(failures[-1]["verdict"])[:2000])


def check_burst():
    lines = check_lines("burst.txt")
    failed = sum(int(n) for n in re.findall(r"failed (\d+)", read("burst.told")))
    seen = sum(line.get("unsampled", 1) for line in lines
               if line["type"] == "failure" and line["order"] == 4 and line["comm"] in (None, "sh", "init", "busybox"))
    report("burst: a scan was made", "" if any(line["type"] == "scan" for line in lines) else str(lines)[:2000])
    same("burst: no failure is lost while pages are scanned", failed, seen)
    lost = {key: value for key, value in lines[-1]["lost"].items() if value} if isinstance(lines[-1]["lost"], dict) else \
        [loss for loss in lines[-1]["lost"] if loss["count"]]
    report("burst: nothing is lost", "" if not [1 for key in lost if "failures" in str(key)] else str(lost))


def check_recording():
    document = json.loads(read("scan.json"))
    report("scan.json follows its schema", invalid(validator("allocwatch-1.json"), document))
    lines = check_lines("scan.jsonl")
    scans = [line for line in lines if line["type"] == "scan"]
    same("the recording has the scan", 1, len(scans))
    group = [g for g in document["failures"] if g["order"] == 4][0]
    report("the group has it, too", "" if group["scan"] and group["scan"]["answer"] == scans[0]["scan"]["answer"]
           else json.dumps(group)[:1000])
    # A few blocks can be made in some runs: then compaction is what the advice says, and else it is not.
    stated = re.match(r"(?:likely )?(?:\d+ blocks? w(?:as|ere) free then; )?(?:likely |perhaps )?compaction (cannot help: \d+ % of the windows hold what it "
                      r"cannot move|can make about \d+)", group["verdict"]["pages_text"] or "")
    report("its verdict states", "" if stated else json.dumps(group["verdict"])[:2000])
    advised = [a for a in group["advice"] if a["id"] == "compact_memory"]
    same("compaction is advised where it makes blocks", bool(stated) and stated.group(1).startswith("can make"), bool(advised))
    text = group["verdict"]["pages_text"]
    for name in "report.txt", "scan.html":
        flat = re.sub(r"\s+", " ", read(name))
        report("%s says it, too" % name, "" if text.split(",")[0] in flat else text)


def sample(text, name):
    return dict((labels, int(value)) for labels, value in
                re.findall(r"^%s\{(.*)\} (\d+)$" % name, text, re.M))


def check_headroom():
    """The alert fires before the failure: each file is a minute of Prometheus."""
    files = sorted(glob.glob(os.path.join(OUT, "headroom", "headroom", "*.prom")))
    series, failures = [], []
    for name in files:
        with open(name) as file:
            text = file.read()
        series.append(sample(text, "allocwatch_headroom_blocks")['order="4",migratetype="Unmovable"'])
        failures.append(sum(sample(text, "allocwatch_class_failures_total").values()))
    same("headroom: files", 12, len(files))
    report("headroom: it shrinks: %s" % series, "" if series[0] > 4 * max(1, series[-2]) else "no")
    failed = next((i for i, n in enumerate(failures) if n > failures[0]), None)
    same("headroom: the failure came last", len(files) - 1, failed)
    report("headroom: usable, makeable and blocked by zone", "" if all(re.search(pattern, text, re.M) for pattern in (
        r'^allocwatch_headroom_usable_blocks\{node="0",zone="DMA",order="4",migratetype="Movable"\} \d+$',
        r'^allocwatch_headroom_makeable_blocks\{node="0",zone="DMA",order="9",migratetype="Unmovable"\} \d+$',
        r'^allocwatch_headroom_blocked_windows\{node="0",zone="DMA",order="4",class="kernel"\} [1-9]\d*$',
        r'^allocwatch_headroom_time_seconds \d+\.\d+$', r'^allocwatch_headroom_scan_seconds 0\.\d+$')) else text[:3000])
    return series, failed


def fires_at(series, minute):
    test = {
        "rule_files": [os.path.abspath(os.path.join(DOCS, "prometheus", "alerts.yml"))],
        "evaluation_interval": "1m",
        "tests": [{
            "interval": "1m",
            "input_series": [{"series": 'allocwatch_headroom_blocks{order="4",migratetype="Unmovable",instance="vm",job="allocwatch"}',
                              "values": " ".join(map(str, series))}],
            "promql_expr_test": [{
                "expr": 'count(ALERTS{alertname="AllocwatchHeadroomRunsOut",alertstate="firing"})', "eval_time": "%dm" % minute,
                "exp_samples": [{"labels": "{}", "value": 1}]}]}]}
    with tempfile.NamedTemporaryFile("w", suffix=".yml", delete=False) as file:
        json.dump(test, file)
    got = subprocess.run(["promtool", "test", "rules", file.name], capture_output=True, text=True)
    os.unlink(file.name)
    return got.returncode == 0


def check_alert(series, failed):
    try:
        subprocess.run(["promtool", "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        report("the alert can be tested", "promtool is not there")
        return
    report("the alert is silent at first", "it fires" if fires_at(series, 1) else "")
    minutes = [minute for minute in range(1, failed) if fires_at(series, minute)]
    report("the alert fires %s minutes before the failure" % (failed - minutes[0] if minutes else "no"),
           "" if minutes else str(series))


def check_self_test():
    test = json.loads(read("self.json"))
    report("self-test: schema", invalid(validator("allocwatch-self-test-1.json"), test))
    states = {source["name"]: source["state"] for source in test["sources"]}
    same("self-test: states", {"bpf": "saw", "kmod": "unavailable", "tracefs": "saw", "klog": "cannot"}, states)


check_can()
check_burst()
check_recording()
check_self_test()
check_alert(*check_headroom())
