"$AW" explain atomic-2.4.log
