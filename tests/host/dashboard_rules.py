#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Generates promtool tests that check whether the queries of a dashboard yield data from real metrics.

usage: dashboard_rules.py DASHBOARD METRICS DIR

Writes DIR/rules.yml and DIR/rules_test.yml for `promtool test rules`.  The counters of METRICS
(text format) grow from 0 by their value every minute; every query becomes an alert that fires if
it yields data.  Prints the number of queries.
"""
import json
import re
import sys

VARIABLES = {"$instance": ".*", "$__rate_interval": "5m", "$__range": "15m"}
MACHINE = 'instance="board:9787",job="allocwatch"'
MINUTES = 30


def queries(dashboard):
    for panel in dashboard["panels"]:
        for at, target in enumerate(panel["targets"]):
            expr = target["expr"]
            for name, value in VARIABLES.items():
                expr = expr.replace(name, value)
            yield f"{panel['title']} ({panel['id']}.{at + 1})", expr


def series(text):
    for line in text.splitlines():
        match = re.fullmatch(r"([a-z_]+)(?:\{(.*)\})? ([0-9.e+-]+)", line)
        if not match:
            continue
        name, labels, value = match.groups()
        grows = re.search(r"_(total|bucket|count|sum)$", name)
        values = f"0+{value}x{MINUTES}" if grows else f"{value}+0x{MINUTES}"
        yield {"series": f"{name}{{{labels + ',' if labels else ''}{MACHINE}}}", "values": values}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = list(queries(json.load(file)))
    with open(sys.argv[2], encoding="utf-8") as file:
        machine = list(series(file.read()))
    rules = [{"alert": title, "expr": f"count({expr}) > 0"} for title, expr in asked]
    tests = [{"eval_time": "20m", "alertname": title, "exp_alerts": [{"exp_labels": {}}]} for title, _ in asked]
    # JSON is valid YAML, with simpler quoting.
    with open(f"{sys.argv[3]}/rules.yml", "w", encoding="utf-8") as file:
        json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)
    with open(f"{sys.argv[3]}/rules_test.yml", "w", encoding="utf-8") as file:
        json.dump({"rule_files": ["rules.yml"], "evaluation_interval": "1m",
                   "tests": [{"interval": "1m", "input_series": machine, "alert_rule_test": tests}]}, file)
    print(len(asked))


if __name__ == "__main__":
    main()
