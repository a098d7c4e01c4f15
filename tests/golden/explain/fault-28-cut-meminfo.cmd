"$AW" explain fault-28-cut-meminfo.log
