"$AW" explain fault-31-other-reports.log
