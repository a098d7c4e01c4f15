"$AW" explain old-2.4-masks.log
