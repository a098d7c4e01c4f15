"$AW" explain kill-and-child-3.10.log
