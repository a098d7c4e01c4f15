#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
# Tests the formats of other tools, pprof, Perfetto and speedscope, with their own
# parser, protoc: that nothing in them is unknown or refers to what is not there,
# and that they agree with out.json of the same recording.
#
# usage: tests/export/check_traces.py DIR
#
# DIR holds out.json, out.pprof, out.perfetto and out.speedscope; scan.json and scan.pftrace of a recording with
# a page scan.  With go installed, `go tool pprof` reads out.pprof, too.
import ast
import collections
import gzip
import json
import os
import shutil
import subprocess
import sys

from schema import report, same

HERE = os.path.dirname(os.path.abspath(__file__))
MONOTONIC = 3


def decoded(name, message, data):
    """What protoc prints of the bytes: a field is (name, value), a message a list of them."""
    done = subprocess.run(["protoc", "-I", HERE, "--decode", message, name + ".proto"], input=data,
                          capture_output=True)
    report("%s: protoc decodes it" % name, done.returncode and done.stderr.decode())
    stack = [[]]
    for line in done.stdout.decode().split("\n"):
        line = line.strip()
        if line.endswith(" {"):
            stack[-1].append((line[:-2], []))
            stack.append(stack[-1][-1][1])
        elif line == "}":
            stack.pop()
        elif line:
            field, value = line.split(": ", 1)
            stack[-1].append((field, ast.literal_eval("b" + value).decode() if value[0] == '"' else
                              int(value) if value.lstrip("-").isdigit() else value))
    return stack[0]


def all_of(message, field):
    return [value for name, value in message if name == field]


def one_of(message, field, default=None):
    return (all_of(message, field) or [default])[0]


def unknown_fields(message):
    """protoc prints a field that the published messages do not have as its number."""
    found = [name for name, _ in message if name.isdigit()]
    for _, value in message:
        if isinstance(value, list):
            found += unknown_fields(value)
    return found


def check_pprof(path, document):
    with gzip.open(path) as file:
        profile = decoded("profile", "Profile", file.read())
    report("pprof: no field is unknown", unknown_fields(profile)[:3])
    text = all_of(profile, "string_table")
    name = lambda message, field: text[one_of(message, field, 0)]
    samples = all_of(profile, "sample")
    same("pprof: the first string is empty", "", text[0])
    same("pprof: types", [("failures", "count"), ("bytes", "bytes"), ("steals", "count")],
         [(name(t, "type"), name(t, "unit")) for t in all_of(profile, "sample_type")])
    totals = [sum(all_of(sample, "value")[i] for sample in samples) for i in range(3)]
    same("pprof: failures and steals", [document["totals"]["failures"], document["totals"]["extfrag"]],
         [totals[0], totals[2]])
    same("pprof: bytes", sum(g["count"] * (g["bytes"] or 0) for g in document["failures"]), totals[1])
    functions = {one_of(f, "id"): name(f, "name") for f in all_of(profile, "function")}
    locations = {one_of(place, "id"): [functions.get(one_of(line, "function_id")) for line in all_of(place, "line")]
                 for place in all_of(profile, "location")}
    report("pprof: every location has a function", [i for i, names in locations.items() if names in ([], [None])])
    report("pprof: every sample has locations that are there",
           [s for s in samples if not all_of(s, "location_id") or set(all_of(s, "location_id")) - set(locations)])
    report("pprof: locations belong to the mapping", {one_of(place, "mapping_id") for place in all_of(profile, "location")} -
           {one_of(m, "id") for m in all_of(profile, "mapping")})
    by_cause, causes = collections.Counter(), collections.Counter()
    for sample in samples:
        for label in all_of(sample, "label"):
            if name(label, "key") == "cause":
                by_cause[name(label, "str")] += all_of(sample, "value")[0]
    for group in document["failures"]:
        causes[group["verdict"]["cause"]] += group["count"]
    same("pprof: failures by cause", dict(causes), dict(by_cause))


def check_go(path, document):
    if not shutil.which("go"):
        print("skip - go tool pprof reads it: needs go")
        return
    done = subprocess.run(["go", "tool", "pprof", "-top", path], capture_output=True, text=True,
                          env=dict(os.environ, HOME=os.path.dirname(path)))
    wanted = "Total samples = %d" % document["totals"]["failures"]
    report("go tool pprof reads it", wanted not in done.stdout and done.stdout + done.stderr)


def check_perfetto(path, document):
    with open(path, "rb") as file:
        packets = all_of(decoded("perfetto", "Trace", file.read()), "packet")
    report("perfetto: no field is unknown", [f for p in packets for f in unknown_fields(p)][:3])
    tracks, depth, wrong, seen = {}, collections.Counter(), [], collections.Counter()
    for packet in packets:
        for track in all_of(packet, "track_descriptor"):
            tracks[one_of(track, "uuid")] = track
        for event in all_of(packet, "track_event"):
            kind, uuid = one_of(event, "type"), one_of(event, "track_uuid")
            if uuid not in tracks or one_of(packet, "timestamp_clock_id") != MONOTONIC or not one_of(packet, "timestamp"):
                wrong.append(event)
            elif (kind == "COUNTER") != bool(all_of(tracks[uuid], "counter")):
                wrong.append(("on the wrong track", event))
            depth[uuid] += {"SLICE_BEGIN": 1, "SLICE_END": -1}.get(kind, 0)
            if kind == "INSTANT":
                numbers = {one_of(a, "name"): one_of(a, "uint_value") for a in all_of(event, "debug_annotations")}
                seen[one_of(event, "categories")] += numbers.get("failures", 1)
            seen[kind] += 1
    report("perfetto: every event has its track and time", wrong[:3])
    report("perfetto: slices end", [uuid for uuid, still_open in depth.items() if still_open])
    totals = document["totals"]
    same("perfetto: hard and opportunistic failures, and those counted only",
         [totals["failures"], totals["unsampled"]],
         [seen["hard"] + seen["opportunistic"] + seen["failure"], seen["failure"]])
    same("perfetto: steals", totals["extfrag"], seen["extfrag"])
    same("perfetto: OOM kills", totals["oom_kills"], seen["oom-kill"])
    same("perfetto: zones are counters", any(g["zones"] for g in document["failures"]), seen["COUNTER"] > 0)
    same("perfetto: begins with the clocks", 1, len(all_of(packets[0], "clock_snapshot")))


def check_makeable(path, document):
    """Counters of what compaction makes, for each zone that was looked at."""
    with open(path, "rb") as file:
        packets = all_of(decoded("perfetto", "Trace", file.read()), "packet")
    names, counted = {}, {}
    for packet in packets:
        for track in all_of(packet, "track_descriptor"):
            names[one_of(track, "uuid")] = one_of(track, "name")
        for event in all_of(packet, "track_event"):
            name = names.get(one_of(event, "track_uuid")) or ""
            if ": makeable blocks of order >= " in name:
                counted[name] = one_of(event, "counter_value")
    scan = next(group["scan"] for group in document["failures"] if group.get("scan"))
    same("perfetto: what compaction makes is a counter of each zone",
         {"node %d %s: makeable blocks of order >= %d" % (zone["node"], zone["name"], scan["order"]): zone["makeable"]
          for zone in scan["zones"]}, counted)


def check_speedscope(path, document):
    with open(path) as file:
        scope = json.load(file)
    frames = scope["shared"]["frames"]
    report("speedscope: every frame has a name", [f for f in frames if not f["name"]])
    ends = {}
    for profile in scope["profiles"]:
        name = profile["name"]
        same("speedscope: %s: a weight for each sample" % name, len(profile["samples"]), len(profile["weights"]))
        same("speedscope: %s: weights add up" % name, profile["endValue"], sum(profile["weights"]))
        report("speedscope: %s: every frame is there" % name,
               [i for sample in profile["samples"] for i in sample if i >= len(frames)])
        ends[name] = profile["endValue"]
    same("speedscope: failures and steals", [document["totals"]["failures"], document["totals"]["extfrag"]],
         [ends["failures"], ends["steals"]])


def main():
    directory = sys.argv[1]
    path = lambda name: os.path.join(directory, name)
    with open(path("out.json")) as file:
        document = json.load(file)
    check_speedscope(path("out.speedscope"), document)
    if not shutil.which("protoc"):
        print("skip - pprof and perfetto: needs protoc")
        return
    check_pprof(path("out.pprof"), document)
    check_go(path("out.pprof"), document)
    check_perfetto(path("out.perfetto"), document)
    with open(path("scan.json")) as file:
        check_makeable(path("scan.pftrace"), json.load(file))


main()
