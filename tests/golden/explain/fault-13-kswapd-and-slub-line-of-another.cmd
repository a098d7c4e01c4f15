"$AW" explain fault-13-kswapd-and-slub-line-of-another.log
