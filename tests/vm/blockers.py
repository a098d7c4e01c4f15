#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Checks what test_blockers left: blockers.py DIR STATE..."""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "export")]
from schema import invalid, report, validator  # noqa: E402
from states import KINDS, NEAR, free_blocks, in_bounds  # noqa: E402

OUT, STATES = sys.argv[1], sys.argv[2:]
# States that are made with the lists of cpus as long as the kernel has them.
LONG_LISTS = ("pipe",)
# States whose gain was as it was said; a tenth may be wrong, for kernels fail to move a page now and then.
right, wrong = [], []
# Pages that another run of a program may have more or less.
PROGRAM = 64


def load(name):
    with open(os.path.join(OUT, name), encoding="utf-8") as file:
        return json.load(file)


def text(name):
    with open(os.path.join(OUT, name), encoding="utf-8") as file:
        return file.read()


def near(a, b, share, least):
    return abs(a - b) <= max(least, share * max(a, b))


def check(name, good, detail):
    report(name, [] if good else [str(detail)])


def check_counts(state, before, flags):
    """Between the two scans a few pages change."""
    pinned = "file" if state == "filepin" else "anon"
    wrong = ["%s: bpf %d, kpageflags %d" % (key, before["pages"][key], flags["pages"][key])
             for key in ("slab", "page-table", "anon", "shmem", "file", "mlocked", "reserved")
             # kpageflags does not tell pinned pages from others of processes
             if not near(before["pages"][key] + (before["pages"]["pinned"] if key == pinned else 0), flags["pages"][key],
                         0.001, PROGRAM)]
    report(state + ": kpageflags counts the same pages", wrong)


def check_same(state):
    """Page by page, of those whose flags did not change meanwhile."""
    same = load(state + ".same")
    print("# %s: %s" % (state, json.dumps(same)))
    check(state + ": nearly all pages stayed as they were", same["stayed"] >= 0.98 * same["pages"] > 0, same)
    check(state + ": free blocks are those of kpageflags, exactly", same["free_heads"] > 0 and not same["free_heads_not_free"] and
          not same["free_but_flagged"], same)
    for name, kind in same["kinds"].items():
        differ = kind["kpageflags_only"] + kind["bpf_only"]
        check("%s: %s pages are those of kpageflags%s" % (state, name, "" if name == "user" else ", exactly"),
              differ <= (0.001 * kind["both"] + PROGRAM if name == "user" else 0), kind)


# Classes that kpageflags does not show: their pages are among others.
UNSHOWN = ["per-cpu", "driver-movable", "pinned", "file-stuck", "page-pool"]
# What kpageflags shows of a state is enough to name it first.
SHOWN = ("slab", "table", "pipe", "hugetlb", "thp")


def check_flags(state, flags):
    """kpageflags alone: it says what it cannot know, and that its numbers are likely ones."""
    scan = flags["scan"]
    check(state + ": kpageflags says what it cannot know", scan["source"] == "kpageflags" and
          "which pages are pinned" in scan["limits"], scan)
    unknown = [name for name, count in flags["pages"].items() if count is None]
    check(state + ": ... null in place of numbers, and nothing else is", unknown == UNSHOWN and flags["cma"] is None and
          flags["scan"]["longest_run_ns"] is None, "%s, %s" % (unknown, flags["cma"]))
    check(state + ": ... and says likely", re.search(r"compaction (can )?(likely|perhaps) ", flags["answer"]), flags["answer"])
    if state in SHOWN:
        check(state + ": named first by kpageflags, too", flags["blocked_by"][0]["class"] == KINDS[state][0], flags["blocked_by"][:2])


def check_counts_alone(counts):
    """pagetypeinfo alone: free blocks, and nothing else."""
    unknown = [counts[key] for key in ("makeable", "makeable_most", "pages")] + \
        [counts["windows"][key] for key in ("total", "movable", "blocked")] + \
        [zone[key] for zone in counts["zones"] for key in ("makeable", "makeable_most", "would_move", "ran_out", "strides",
                                                           "pageblocks_of_unknown_type")]
    check("pagetypeinfo: what it cannot know is null", unknown == [None] * len(unknown), unknown)
    check("pagetypeinfo: and it says so", "what compaction can make is not known" in counts["answer"] and not counts["blocked_by"] and
          "does not show what lies between" in counts["scan"]["limits"], counts)


def listed(name):
    """Pages on the lists of cpus."""
    return sum(int(line.split()[1]) for line in text(name).splitlines() if line.split()[:1] == ["count:"])


def check_lists(state, before):
    """The lists change when a program starts or ends."""
    pages = listed(state + ".zoneinfo")
    check(state + ": the lists of cpus have as many pages", near(before["pages"]["per-cpu"], pages, 0.02, 2 * PROGRAM),
          "found %d, counted %d" % (before["pages"]["per-cpu"], pages))


# Who holds what each state is made of.
HOLDERS = {"slab": ("slab-cache", r"(kmalloc|kmalloc-cg|msg_msg)-(2k|2048)"), "vmsplice": ("process", "hold"), "uring": ("process", "hold"),
           "filepin": ("file", "(none|ramfs): hold")}


def check_holder(state, before):
    kind, name = HOLDERS[state]
    first = before["holders"][0]
    row = before["blocked_by"][0]
    check("%s: its %s is named" % (state, kind), first["type"] == kind and re.fullmatch(name, first["name"]), first)
    check(state + ": with most of the windows", first["alone"] >= 0.6 * row["alone"] and
          0.9 * int(text(state + ".pages")) <= first["pages"], "%s of %s" % (first, row))


def unmovable_pages(name):
    """Free pages that a request of the kernel gets without a steal."""
    pages = 0
    for line in text(name).splitlines():
        words = line.replace(">", "").split()
        if words[:1] == ["Node"] and "type" in words and words[5] in ("Unmovable", "Reclaimable"):
            pages += sum(int(count) << order for order, count in enumerate(words[6:]))
    return pages


def check_steals(before, made):
    """hold pipe writes to pipes, in pageblocks that were movable, but for what was free in others: who took them is known."""
    sites = [one for one in before["holders"] if one["type"] == "site" and one["class"] == "kernel"]
    unstolen = unmovable_pages("steals.types")
    print("# pipe: %d pages made, %d of %s, %d were free for it before" % (made, sites[0]["pages"] if sites else 0,
                                                                          sites[0]["name"] if sites else "nobody", unstolen))
    check("pipe: who stole the pageblocks is named", sites and re.search("pipe_write", sites[0]["name"]) and
          sites[0]["pages"] >= max(made / 10, 0.9 * (made - unstolen)), "%s of %d pages, %d unstolen" % (sites[:3], made, unstolen))


def check_cgroup(made):
    """Pipes are charged to the cgroup of who writes."""
    first = [one for one in load("pipe.cgroup")["holders"] if one["type"] == "cgroup" and one["class"] == "kernel"][:1]
    check("pipe: its cgroup is named", first and first[0]["name"] == "/test/hold" and first[0]["pages"] >= 0.9 * made,
          "%s of %d pages" % (first, made))


def check_gain(state, before, tried, flags):
    gain = tried["after"] - tried["before"]
    check(state + ": try counts the blocks that are there", near(tried["after"], free_blocks(text(state + ".types")), 0.02, NEAR), tried["after"])
    if tried["end"] == "early":
        print("# %s: this kernel ended compaction early" % state)
        return
    least, most = before["makeable"], before["makeable_most"]
    good = in_bounds(least, most, gain)
    print("# %s: said %d to %d, gained %d; kpageflags said %d to %d" % (state, least, most, gain, flags["makeable"],
                                                                      flags["makeable_most"]))
    (right if good else wrong).append(state)
    # With short lists of cpus the two answers are nearly one, unless the free scanner strides over free pages.
    strides = any(zone["strides"] for zone in before["zones"])
    # A page on these lists may decide whether the pageblock below a large free block is used up: 125 to 158, 242 to 294.
    check("%s: the range is narrow" % state, state in LONG_LISTS or strides or most - least <= max(NEAR, most / 4),
          "%d to %d" % (least, most))
    if not most:
        check("%s: 'cannot' is not followed by a gain" % state, gain <= before["windows"]["total"] / 100, gain)


def check_state(state):
    name, moves = KINDS[state]
    before, flags = (load("%s.%s" % (state, what)) for what in ("before", "flags"))
    made = int(text(state + ".pages"))
    check(state + ": the scan was by BPF", before["scan"]["source"] == "bpf", text(state + ".before.err"))
    if name:
        check_class(state, before, name, moves, made)
    check(state + ": exit status", text(state + ".before.status").strip() ==
          ("0" if before["windows"]["free"] or before["makeable_most"] else "3"), text(state + ".before.status"))
    check_counts(state, before, flags)
    check_same(state)
    check_flags(state, flags)
    if state not in LONG_LISTS:
        check_lists(state, before)
    if state in HOLDERS:
        check_holder(state, before)
    if state == "pipe":
        check_steals(before, made)
        check_cgroup(made)
    check_gain(state, before, load(state + ".try"), flags)


def check_class(state, before, name, moves, made):
    named = before["blocked_by"][0]["class"]
    check("%s: all pages of the state are %s" % (state, name), made * 0.99 <= before["pages"][name] <= made * 1.4 + 3000,
          "made %d, found %d" % (made, before["pages"][name]))
    check("%s: %s" % (state, "not called blocking" if moves else "named first"), (named == name) != moves, before["blocked_by"][:2])


def check_check():
    """Requests that were made until one failed, against what was said."""
    said, after, eaten = load("check"), load("check.after"), int(text("eaten").split()[1])
    valid = validator("allocwatch-check-1.json")
    report("check: valid by its schema", invalid(valid, said) or invalid(valid, after))
    # GFP_KERNEL compacts and reclaims before it fails, so more may be served, but no more than windows in which nothing blocks.
    most = said["served"] + load("eat.before")["windows"]["movable"]
    check("check: at least as many are served as was said", said["at_least"] and said["served"] - NEAR <= eaten, "said %d, served %d" % (said["served"], eaten))
    check("check: no more are served than blockers allows", eaten <= most + NEAR, "at most %d, served %d" % (most, eaten))
    check("check: served, so 0", said["is_served"] and text("check.status").strip() == "0", text("check.status"))
    # What was on the lists of cpus at the last request merges after it: on 7.2, whose lists are long, 36 blocks after 1093.
    check("check: the last one is gone", after["served"] < max(NEAR, eaten / 10) and after["end"]["cause"] == "fragmentation", after["served"])
    check("check: exit status", text("check.after.status").strip() == ("0" if after["is_served"] else "3"), text("check.after.status"))


def check_quiet():
    """/proc/pagetypeinfo holds a cpu for milliseconds where free lists are long: no scan by the others reads it."""
    order = int(re.search(r"Page block order: (\d+)", text("quiet.types"))[1])
    for source in ("bpf", "kpageflags"):
        answer = load("quiet." + source)
        check("%s: the order of a pageblock is the kernel's" % source, answer["scan"]["source"] == source and
              answer["scan"]["pageblock_order"] == order and answer["scan"]["pageblock_order_from"] == "the size of huge pages", answer["scan"])
        check("%s: /proc/pagetypeinfo is not read" % source, text("quiet.%s.read" % source).strip() == "no", text("quiet.%s.read" % source))
    check("pagetypeinfo: it is read, so the trap works", text("quiet.pagetypeinfo.read").strip() == "yes", text("quiet.pagetypeinfo.read"))
    check("pagetypeinfo: it says what that costs", "which can hold a cpu for milliseconds" in load("quiet.pagetypeinfo")["scan"]["limits"],
          load("quiet.pagetypeinfo")["scan"])


def check_kpageflags_cma():
    """As many windows as CMA has free pages are taken for closed: those that are left are open."""
    free, exact = load("quiet.kpageflags")["windows"], load("quiet.bpf")["windows"]
    check("kpageflags: no more windows are called free than are open", free["free"] <= exact["free"] + NEAR, "%s, %s" % (free, exact))


def main():
    valid = validator("allocwatch-blockers-1.json")
    for name in ["%s.%s" % (state, what) for state in STATES for what in ("before", "flags")] + ["counts", "movable", "without-btf",
            "quiet.bpf", "quiet.kpageflags", "quiet.pagetypeinfo"]:
        report(name + ": valid by its schema", invalid(valid, load(name)))
    for state in STATES:
        check_state(state)
        report(state + ": try is valid by its schema", invalid(validator("allocwatch-try-1.json"), load(state + ".try")))
    check("compaction gains what was said, in nine of ten states", right and len(wrong) * 10 <= len(right) + len(wrong), wrong)
    if "pipe" in STATES:
        check_check()
    check_quiet()
    check_kpageflags_cma()
    anon = load("anon.before")
    check("anon: many windows can be made", anon["makeable"] > anon["windows"]["total"] / 10, anon["makeable"])
    counts, movable = load("counts"), load("movable")
    check_counts_alone(counts)
    check("pagetypeinfo: the same free blocks as the scan", near(counts["windows"]["free"], load("again")["windows"]["free"], 0.02, NEAR),
          "%s, %s" % (counts["windows"], load("again")["windows"]))
    used = int(re.search(r"VmallocUsed: +(\d+) kB", text("meminfo"))[1]) << 10
    callers = load("again")["callers"]
    # 5.10 and later count the memory; vmalloc has little else than stacks here.
    check("callers: as much vmalloc as the kernel counts", callers["source"] != "/proc/vmallocinfo" or
          near(callers["bytes"], used, 0.1, 1 << 20), "%s of %d" % (callers, used))
    # Debian's kernels have CMA on arm64 only; else nothing is closed to either.
    more = counts["windows"]["closed"]
    check("movable: CMA is open", near(movable["windows"]["free"], counts["windows"]["free"] + more, 0.02, NEAR) and
          not movable["windows"]["closed"], "%s, %s" % (movable["windows"], counts["windows"]))
    check("without BTF: by kpageflags", load("without-btf")["scan"]["source"] == "kpageflags", load("without-btf")["scan"])


main()
