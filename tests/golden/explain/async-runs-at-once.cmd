"$AW" explain async-runs-at-once.log
