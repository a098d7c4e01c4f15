# SPDX-License-Identifier: GPL-2.0
"""What the benchmarks of this machine share: which machine it is, and the bounds."""
import os
import platform

# All bounds are multiplied with it: tests/bench/bounds_test sees that they can be exceeded.
BOUNDS_TIMES = float(os.environ.get("BOUNDS_TIMES", "1"))


def machine():
    """What the figures are of."""
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        model = next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), platform.machine())
    with open("/proc/meminfo", encoding="ascii") as info:
        memory = int(info.readline().split()[1]) / 1048576
    return (f"# {os.cpu_count()} processors, {model}, {memory:.0f} GiB; {platform.release()} {platform.machine()}; "
            f"load {os.getloadavg()[0]:.1f}")
