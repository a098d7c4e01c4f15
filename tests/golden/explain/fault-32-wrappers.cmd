"$AW" explain fault-32-wrappers.log
