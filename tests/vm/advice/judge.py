# SPDX-License-Identifier: GPL-2.0
"""Holds what was told of each case against the truth, and each advice against what came of it."""
import glob
import json
import os
import re
import subprocess

from remedies import PLAIN, tries_of
from table import COLUMNS

ASKS = re.compile(r"lab_ask_\w+")


def exported(program, path):
    return subprocess.run([program, "export", "--format", "jsonl", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=True, text=True).stdout


def events_of(program, paths, told):
    """{case: the failures of its requests}, from recordings: those of the time in which the case asked."""
    text = "".join(exported(program, path) for path in paths)
    failures = [event for event in map(json.loads, text.splitlines())
                if event.get("type") == "failure" and any(ASKS.fullmatch(frame["symbol"] or "") for frame in event["stack"])]
    return {case: [event for event in failures if told[case, ask]["from"] <= event["uptime_us"] <= told[case, ask]["to"]]
            for case, ask in told if ask == "case"}


def logs_of(path):
    """{case: its part of the kernel log}, with the line that names the kernel."""
    logs, name, head = {}, None, ""
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            mark = re.search(r"lab: case (\S+)", line)
            if "Linux version" in line:
                head = line
            if mark:
                name = mark.group(1)
                logs[name] = head
            elif name:
                logs[name] += line
    return logs


NOT_MADE = re.compile(r"(\S+) is not as meant: .*")


def not_made_of(path):
    """The cases whose state was not as it must be at least once, so that nothing was asked then."""
    with open(path, encoding="utf-8", errors="replace") as file:
        return {words.group(1) for words in filter(None, (NOT_MADE.fullmatch(line.strip()) for line in file))}


TOLD = re.compile(r"(?P<case>\S+) (?P<ask>\S+) got (?P<got>\d+) failed (?P<failed>\d+)(?: from (?P<from>\d+) to (?P<to>\d+) us)?")


def told_of(path):
    """{(case, name of the request): {got, failed, from, to}}; the times are microseconds since the boot."""
    told = {}
    with open(path, encoding="utf-8", errors="replace") as file:
        for words in filter(None, (TOLD.fullmatch(line.strip()) for line in file)):
            told[words["case"], words["ask"]] = {key: int(words[key] or 0) for key in ("got", "failed", "from", "to")}
    return told


def explained(program, log):
    """The failures that explain finds in a piece of the kernel log."""
    run = subprocess.run([program, "explain", "--json", "-"], input=log, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True)
    found = json.loads(run.stdout)["failures"]
    return [failure for failure in found if failure["type"] == "failure"
            and any(ASKS.fullmatch(frame.get("symbol") or "") for frame in failure["stack"])]


def cause_of(verdict):
    return verdict["likely_cause"] or verdict["cause"]


def columns_of(event):
    """What was told, under the names of the columns."""
    verdict = event["verdict"]
    return {"cause": cause_of(verdict), "rule": verdict["rule"], "class": event["class"],
            "site": (event["site"] or {}).get("symbol"), "context": event["context"], "log": event["log"]}


def is_certain(verdict, column):
    return verdict["certainty" if column == "cause" else "rule_certainty"] == "certain"


NOT_ASKED = {"got": 0, "failed": 0}


class Result:
    """Of one case: what was wrong, by column."""

    def __init__(self, case):
        self.case = case
        self.wrong = {}
        self.event = None
        self.likely = []  # (advice, how often it held, how often it was tried)

    def miss(self, column, text):
        self.wrong.setdefault(column, []).append(text)


def judge_untold(result, events, came):
    """No request for pages failed here: the kernel gave it some, or did not ask the allocator."""
    if not came["got" if result.case.succeeds else "failed"]:
        result.miss("state", f"the request ended otherwise: {came}")
    elif events:
        result.miss("count", f"{len(events)} failures were told, and there was none")


def judge_columns(result, events, machine):
    case, came = result.case, machine["told"].get((result.case.name, "case"))
    if not came and case.name in machine["not_made"]:
        result.miss("state", "it was not as meant")
        return
    if not came:
        result.miss("state", "the VM told nothing of it")
        result.miss("count", "nothing was asked")
        return
    failed = came["failed"]
    if case.untold:
        judge_untold(result, events, came)
        return
    if not failed and case.truth["class"] == "hard":
        result.miss("state", f"the request did not fail: {came}")
        if any(event["class"] == "hard" for event in events):
            result.miss("count", f"{len(events)} failures were told, and there was none")
        return
    if not events:
        result.miss("count", f"no failure was told, {failed} failed")
        return
    counted = [event for event in events if event["class"] == "hard"] if case.last else events
    if case.truth["class"] == "hard" and len(counted) != failed:
        result.miss("count", f"{len(counted)} {'hard ' if case.last else ''}failures were told, {failed} failed")
    result.event = events[-1 if case.last else 0]
    for column in COLUMNS:
        is_told = columns_of(result.event)[column]
        if is_told != case.truth[column]:
            certain = column in ("cause", "rule") and is_certain(result.event["verdict"], column)
            result.miss(column, f"{is_told}{' (certain)' if certain else ''} instead of {case.truth[column]}")


def judge_explain(result, program, log):
    """The kernel's own report must give the same cause and rule, or say likely."""
    case = result.case
    if case.explained:
        causes = [cause_of(failure["verdict"]) for failure in explained(program, log)]
        if causes != [case.explained]:
            result.miss("explain", f"{' '.join(causes) or 'nothing'} instead of {case.explained}")
    if case.truth["log"] != "printed" or not result.event:
        return
    found = explained(program, log)
    if len(found) != case.reports:
        result.miss("explain", f"{len(found)} reports were found")
        return
    verdict = found[-1]["verdict"]
    for column, is_told in (("cause", cause_of(verdict)), ("rule", verdict["rule"])):
        if is_told != case.truth[column] and is_certain(verdict, column):
            result.miss("explain", f"{is_told} (certain) instead of {case.truth[column]}: {verdict['cause_text']}")


def judge_tries(result, advice, told):
    tries = tries_of(result.case, advice)
    name = advice["id"]
    if tries is None:
        result.miss("applied", f"{name}: no test applies it")
        return
    if (advice["helps"] or "").startswith("perhaps"):
        return
    came = [told.get((result.case.name, f"{name}:{i}"), NOT_ASKED) for i in range(len(tries))]
    got, failed = sum(one["got"] for one in came), sum(one["failed"] for one in came)
    fails = any(change.get("fails") for change in tries)
    held = failed if fails else got
    if len(tries) > 1:
        result.likely.append((name, held, len(tries)))
    if got + failed < len(tries):
        result.miss("applied", f"{name}: it was not applied")
    elif fails and 2 * held < len(tries):
        result.miss("applied", f"{name}: the request succeeded {got} of {len(tries)} times: {advice['text']}")
    elif not fails and tries and not held:
        result.miss("applied", f"{name}: the request failed again, {failed} of {len(tries)} times: "
                               f"{advice['text']} ({advice['helps']})")


def judge_advice(result, told):
    if not result.event:
        return
    printed = [advice["id"] for advice in result.event["advice"]]
    for wanted in result.case.advice:
        if wanted not in printed:
            result.miss("advice", f"{wanted} was not printed, only: {' '.join(printed)}")
    for unwanted in set(result.case.never) & set(printed):
        result.miss("advice", f"{unwanted} was printed")
    facts = [evidence["fact"] for evidence in result.event["verdict"]["evidence"]]
    for fact in result.case.facts:
        if fact not in facts:
            result.miss("advice", f"the fact {fact} was not told, only: {' '.join(facts)}")
    if result.case.command and result.case.command not in [advice["command"] for advice in result.event["advice"]]:
        result.miss("advice", f"no command is {result.case.command}")
    for advice in result.event["advice"]:
        if advice["id"] not in PLAIN:
            judge_tries(result, advice, told)


def judge(case, machine, tries_told, program):
    """`machine`: what the VM left: events, logs, told, not_made."""
    result = Result(case)
    judge_columns(result, machine["events"].get(case.name, []), machine)
    judge_explain(result, program, machine["logs"].get(case.name, ""))
    judge_advice(result, tries_told)
    return result


def read_machine(program, directory):
    told = told_of(os.path.join(directory, "told"))
    return {"events": events_of(program, sorted(glob.glob(os.path.join(directory, "lab*.aw"))), told),
            "logs": logs_of(os.path.join(directory, "dmesg")), "told": told,
            "not_made": not_made_of(os.path.join(directory, "told"))}
