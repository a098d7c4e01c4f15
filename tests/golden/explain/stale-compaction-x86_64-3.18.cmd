"$AW" explain stale-compaction-x86_64-3.18.log
