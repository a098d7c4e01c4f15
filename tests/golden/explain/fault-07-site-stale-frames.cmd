"$AW" explain fault-07-site-stale-frames.log
