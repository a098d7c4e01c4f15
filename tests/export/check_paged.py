#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Tests a page of 1,000 groups: 300 are laid out at first, and the others at clicks.

usage: check_paged.py PAGE
"""
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True	# the tree stays as it is

import browser

GROUPS, AT_ONCE = 1000, 300
CLICKS = """<script>addEventListener('load', function () {
	var shown = [], button;
	for (;;) {
		shown.push(document.querySelectorAll('details.group').length);
		button = document.getElementById('more-groups');
		if (!button || shown.length > 9) break;
		button.click();
	}
	document.title = 'shown ' + shown.join(' ');
});</script></body>"""


def report(name, problem):
    print(("not ok - " if problem else "ok - ") + name)
    if problem:
        print("#   " + str(problem)[:2000])


def is_group(element):
    return element.tag == "details" and "group" in element.get("class", "").split()


def check_tree(text):
    tree = ElementTree.fromstring(text.replace("<!DOCTYPE html>", ""))
    every = [element for element in tree.iter() if is_group(element)]
    later = [[e for e in one.iter() if is_group(e)] for one in tree.iter("template")]
    report("paged: all groups are in the page", "" if len(every) == GROUPS else len(every))
    counts = [len(groups) for groups in later]
    wanted = [AT_ONCE, AT_ONCE, GROUPS - 3 * AT_ONCE]
    report("paged: those beyond the first are in templates", "" if counts == wanted else counts)
    note = "".join("".join(e.itertext()) for e in tree.iter("noscript"))
    report("paged: without scripts, what is not shown is said", "" if "700 more groups" in note else note)


def check_clicks(text):
    program = browser.find()
    if not program:
        print("skip - paged: there is no chromium")
        return
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as page:
        page.write(text.replace("</body>", CLICKS))
        page.flush()
        done = subprocess.run([program, *browser.FLAGS, "--dump-dom", "--virtual-time-budget=10000", "file://" + page.name],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120, check=False)
    found = re.search(r"<title>(.*?)</title>", done.stdout.decode("utf-8", "replace"))
    shown = found.group(1) if found else ""
    report("paged: each click shows the next 300, and the last takes the button away",
           "" if shown == "shown 300 600 900 1000" else shown)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    check_tree(text)
    check_clicks(text)


main()
