"$AW" explain cma-of-totals.log
