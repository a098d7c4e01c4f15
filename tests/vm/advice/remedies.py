# SPDX-License-Identifier: GPL-2.0
"""How each advice is applied: what changes in the state, on the machine, or in the request.

A remedy returns a list of tries; each is a dictionary of what replaces the parts of the case:
  ask     the words of the request, as a dictionary
  before  shell lines before the state is made
  steps   steps of /proc/lab when the state is made, before the request
  vm      another machine
  fails   true: the advice says that this does not help, so the request must fail
"""
import re

QUICK = ("__GFP_NORETRY", "__GFP_RETRY_MAYFAIL", "__GFP_NOWARN")


def asked(name, ask):
    """The step that asks."""
    return f"ask as={name} " + " ".join(f"{key}={value}" for key, value in ask.items())


def with_mask(case, mask, **changes):
    return {"ask": {**case.ask, "mask": "|".join(mask), **changes}}


def sleeping(case):
    """The mask of the case, as one that may sleep, reclaim and write."""
    kept = [flag for flag in case.mask if flag not in ("GFP_ATOMIC", "GFP_NOWAIT", "GFP_NOIO", "GFP_NOFS", "GFP_KERNEL")]
    return ["GFP_KERNEL"] + kept


def without(case, *flags):
    return [flag for flag in case.mask if flag not in flags]


def kvmalloc(case, _):
    mask = [flag for flag in case.mask if flag not in ("__GFP_COMP", *QUICK)]
    return [with_mask(case, mask, api="kvmalloc")]


def can_sleep(case, _):
    return [with_mask(case, sleeping(case), context="task")]


def allow_io(case, _):
    return [with_mask(case, sleeping(case), scope="")]


def mempool(case, _):
    return [with_mask(case, case.mask, api="mempool")]


def wider_zone(case, _):
    return [with_mask(case, without(case, "__GFP_DMA", "GFP_DMA", "__GFP_DMA32"), bits=64)]


def smaller_order(case, advice):
    order = re.search(r"\(order (\d+)\)", advice["text"])
    change = with_mask(case, case.mask, order=order.group(1))
    change["ask"].pop("bytes", None)
    return [change]


def as_before(case, _):
    return [{}]


def put(path, value):
    """A step that writes to a file: a shell or another program would need memory, which may be short."""
    return f"put path={path} value={value}"


def parts_of(command):
    """Path and value of "sysctl -w vm.NAME=VALUE" or "echo VALUE > PATH"."""
    setting = re.fullmatch(r"sysctl -w vm\.(\w+)=(\d+)", command)
    if setting:
        return "/proc/sys/vm/" + setting.group(1), setting.group(2)
    value, path = re.fullmatch(r"echo (\S+) > (\S+)", command).groups()
    return path, value


def setting(case, advice):
    """After the failure, and kswapd gets the time to act; a burst then comes again."""
    again = case.state["steps"] if case.state.get("again") else ""
    return [{"steps": "; ".join(filter(None, (asked("first", case.ask), again and "release",
                                              put(*parts_of(advice["command"])), "wait ms=1500", again)))}]


def lowmem(_, advice):
    """A zone that is all kept from requests that could use a higher one."""
    return [{"before": 'echo "1 1 1 0" > /proc/sys/vm/lowmem_reserve_ratio'}]


def compact(_, advice):
    return [{"steps": put(*parts_of(advice["command"]))}]


def memory_max(_, advice):
    """From outside: the task itself cannot open a file in a cgroup that is full."""
    return [{"before": "echo max > /sys/fs/cgroup/lab/memory.max"}]


def smaller_cma(_, advice):
    return [{"vm": "plain"}]


def add_memory(_, advice):
    return [{"steps": "lessen percent=30"}]


def all_nodes(_, advice):
    return [{"before": "echo 0-1 > /sys/fs/cgroup/lab/cpuset.mems"}]


def no_policy(_, advice):
    return [{"as": ""}]


def no_sysctl(case, advice):
    """What could be thought of: each must fail."""
    if "no sysctl is needed" in advice["text"] or not case.order:
        return []
    return [{"steps": put("/proc/sys/vm/compact_memory", "1"), "fails": True}]


REMEDIES = {
    "kvmalloc": kvmalloc, "can_sleep": can_sleep, "allow_io": allow_io, "mempool": mempool, 
    "wider_zone": wider_zone, "smaller_order": smaller_order, 
    "try_again": as_before, "compact_memory": compact, "min_free_kbytes": setting, "watermark_scale_factor": setting,
    "watermark_boost_factor": setting, "defrag_mode": setting, "lowmem_reserve_ratio": lowmem, "memory_max": memory_max,
    "smaller_cma": smaller_cma, "add_memory": add_memory, "cpuset_mems": all_nodes, "mempolicy": no_policy,
    "no_sysctl": no_sysctl,
}

# Nothing to apply: what it says shows in the class of the request.
PLAIN = ("fallback",)


# An advice that says "likely" is tried so often: it has to hold once, and all of them together half of the times.  In a
# state that kcompactd has not worked on before, 14 of 16 requests that may compact succeeded on 6.1, and 12 of 16 after
# compact_memory.
LIKELY_TRIES = 6


def is_likely(advice):
    return "likely: " in (advice["helps"] or "") or advice["text"].startswith("likely ")


def tries_of(case, advice):
    """A list of tries; None: nobody knows how to apply this advice."""
    if advice["id"] in PLAIN:
        return []
    remedy = REMEDIES.get(advice["id"])
    if not remedy:
        return None
    return remedy(case, advice) * (LIKELY_TRIES if is_likely(advice) else 1)
