cat perf-pipe.data | "$AW" report --kallsyms perf.kallsyms - | sed -n 1,3p
