"$AW" explain cma-of-totals-oom-6.1.log
