"$AW" explain kill-then-warning.log
