# SPDX-License-Identifier: GPL-2.0
"""Reads the tables of the advice lab: machines, states and cases."""
import os

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = ("cause", "rule", "class", "site", "context", "log")


class Case:
    """A request in a state, and what must be told about it."""

    def __init__(self, name, lines, states, suite):
        self.name = name
        self.state = states[lines["state"][0]]
        self.ask = dict(word.split("=", 1) for word in lines["ask"])
        self.succeeds = "succeeds" in lines
        self.untold = self.succeeds or "untold" in lines
        self.truth = dict(zip(COLUMNS, ["-"] * len(COLUMNS) if self.untold else of_suite(lines, "truth", suite), strict=True))
        self.advice = of_suite(lines, "advice", suite)
        self.command = " ".join(lines.get("command", []))
        self.last = "last" in lines
        self.never = lines.get("never", [])
        self.facts = lines.get("facts", [])
        self.explained = " ".join(lines.get("explained", []))
        self.reports = int((of_suite(lines, "reports", suite) or ["1"])[0])

    @property
    def order(self):
        return int(self.ask.get("order", 0))

    @property
    def mask(self):
        return self.ask.get("mask", "GFP_KERNEL").split("|")

    @property
    def api(self):
        return self.ask.get("api", "alloc_pages")


def names_of(suite):
    """What the lines of a case may call it: "trixie-rt" is also "trixie", and one of "rt"."""
    return [suite, suite.removesuffix("-rt"), "rt"] if suite.endswith("-rt") else [suite]


def of_suite(lines, key, suite):
    for name in names_of(suite):
        if f"{key}@{name}" in lines:
            return lines[f"{key}@{name}"]
    return lines.get(key, [])


def paragraphs(name):
    """(kind, name, {key: words}) of each paragraph of a table."""
    kind, title, lines = None, None, {}
    with open(os.path.join(HERE, name), encoding="ascii") as file:
        for line in file:
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if line[0] not in " \t":
                if kind:
                    yield kind, title, lines
                kind, title, lines = words[0], words[1], {"": words[2:]}
            else:
                lines[words[0]] = words[1:]
    yield kind, title, lines


def read_states():
    """({name: machine}, {name: state}), both dictionaries."""
    machines, states = {}, {}
    for kind, name, lines in paragraphs("states"):
        if kind == "vm":
            words = lines[""]
            cut = words.index("--")
            machines[name] = {"memory": words[0], "variables": words[1:cut], "parameters": words[cut + 1:]}
        else:
            states[name] = {key: " ".join(words) for key, words in lines.items()} | {"name": name}
    return machines, states


def is_of(part, lines, only):
    """Is the case made in this part of a suite's cases: "fast", "all", or "" for those of `make test`?"""
    if part == "fast":
        return part in lines
    return part == "all" or bool(only) or "full" not in lines


def read_cases(suite):
    """The cases of a kernel, "sid"; of "sid:fast" those that tell most, of "sid:all" also those that are "full yes".

    CASES="NAME ..." in the environment leaves out all others.
    """
    _, states = read_states()
    suite, _, part = suite.partition(":")
    only = os.environ.get("CASES", "").split()
    names = set(names_of(suite))
    cases = [Case(name, lines, states, suite) for _, name, lines in paragraphs("cases")
             if names & set(lines.get("only", names)) and not names & set(lines.get("except", [])) and is_of(part, lines, only)]
    cases = [case for case in cases if not only or case.name in only]
    titles = [case.name for case in cases]
    assert len(set(titles)) == len(titles) and max(map(len, titles)) <= 15, "names of cases: unique, up to 15 bytes"
    return cases
