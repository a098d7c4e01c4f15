"$AW" explain cma-list-wrapped-5.15.log
