"$AW" explain stale-frames-x86_64-2.6.32.log
