"$AW" explain fault-10-suspend.log
