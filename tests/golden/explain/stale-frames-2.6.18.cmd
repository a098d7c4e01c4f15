"$AW" explain stale-frames-2.6.18.log
