"$AW" report perf-zstd.data --kallsyms perf.kallsyms
