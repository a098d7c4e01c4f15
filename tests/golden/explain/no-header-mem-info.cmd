"$AW" explain no-header-mem-info.log
