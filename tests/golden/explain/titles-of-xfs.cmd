"$AW" explain titles-of-xfs.log
