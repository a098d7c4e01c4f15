"$AW" explain page-size-of-release-and-totals.log
