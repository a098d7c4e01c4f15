"$AW" explain ranges-of-sizes.log
