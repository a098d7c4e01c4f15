# SPDX-License-Identifier: GPL-2.0
"""The states of memory that `hold` makes, and what is right to say of each."""

# The class that each state is made of, and whether it moves.
KINDS = {"anon": ("anon", True), "shmem": ("shmem", True), "mlock": ("mlocked", True), "file": ("file", True),
         "dirty": ("file-stuck", False), "filepin": ("pinned", False), "vmsplice": ("pinned", False), "uring": ("pinned", False),
         "cma": ("pinned", False), "thp": ("thp", False), "hugetlb": ("hugetlb", False), "mix": (None, False),
         "pipe": ("kernel", False), "pipelists": ("kernel", False), "table": ("page-table", False), "slab": ("slab", False)}
# A quarter each: any of those that block may be first.
MIX = ("kernel", "slab")
# The gain may differ by so many windows, or by a fifth.
NEAR = 32


def in_bounds(least, most, gain):
    return least - max(NEAR, least / 5) <= max(gain, 0) <= most + max(NEAR, most / 5)


def is_named(state, answer):
    """Is the class that was made named first, or, if it moves, not as blocking?"""
    name, moves = KINDS[state]
    ranked = [row["class"] for row in answer["blocked_by"]]
    if name is None:
        return ranked[0] in MIX
    return name not in ranked if moves else ranked[0] == name


def free_blocks(text, closed=("CMA", "Isolate", "HighAtomic")):
    """Blocks of order 4 and above in /proc/pagetypeinfo that a request may take, as many of order 4."""
    blocks = 0
    for line in text.splitlines():
        words = line.replace(">", "").split()
        if words[:1] == ["Node"] and "type" in words and words[5] not in closed:
            blocks += sum(int(count) << order - 4 for order, count in enumerate(words[6:]) if order >= 4)
    return blocks
