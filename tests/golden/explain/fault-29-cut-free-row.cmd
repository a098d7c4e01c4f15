"$AW" explain fault-29-cut-free-row.log
