"$AW" report perf.data --kallsyms perf.kallsyms
