"$AW" explain fault-kill-2.4.log
