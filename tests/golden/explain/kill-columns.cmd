"$AW" explain kill-columns.log
