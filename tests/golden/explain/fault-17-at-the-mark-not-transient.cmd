"$AW" explain fault-17-at-the-mark-not-transient.log
