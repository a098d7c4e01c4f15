"$AW" explain stale-free-3.4.log
