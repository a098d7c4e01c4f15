#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Tests that --pods names the pod of a failure in JSON and its lines, and nothing else there.

usage: check_pods.py PROGRAM RECORDING    a recording of the pod UID
"""
import json
import os
import subprocess
import sys
import tempfile

import schema

PROGRAM, RECORDING = sys.argv[1:]
UID = "0a1b2c3d-1111-2222-3333-44445555666a"


def export(form, *options):
    done = subprocess.run([PROGRAM, "export", "--format", form, *options, RECORDING], stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


def lines(*options):
    return [json.loads(line) for line in export("jsonl", *options).splitlines()]



def listed(text):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
        file.write(text)
    return file.name


KNOWN = listed(f"{UID} shop web-1\n")
OTHER = listed("ffffffff-1111-2222-3333-44445555666a shop web-2\n")

BARE, NAMED = lines(), lines("--pods", KNOWN)
OF_POD = [line for line in NAMED if line.get("pod")]
schema.report("jsonl: there are lines of a pod", "" if OF_POD else NAMED)
schema.same("jsonl: all of them have its uid and its names", {(UID, "web-1", "shop")},
            {(line["pod"], line.get("pod_name"), line.get("namespace")) for line in OF_POD})
for line in OF_POD:
    del line["pod_name"], line["namespace"]
schema.same("jsonl: nothing else differs, and without --pods there are no names", BARE, NAMED)
schema.same("jsonl: a pod that is not in the list has none", BARE, lines("--pods", OTHER))

LINE = schema.validator("allocwatch-1-line.json")
schema.report("jsonl: lines with names are valid", "".join(schema.invalid(LINE, line) for line in lines("--pods", KNOWN)))
DOCUMENT = json.loads(export("json", "--pods", KNOWN))
schema.report("json: the document with names is valid", schema.invalid(schema.validator("allocwatch-1.json"), DOCUMENT))
TEXT = json.dumps(DOCUMENT)
schema.report("json: its failures have them", "" if '"pod_name": "web-1", "namespace": "shop"' in TEXT else TEXT)
os.unlink(KNOWN)
os.unlink(OTHER)
