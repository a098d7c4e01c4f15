"$AW" export --format json missing.aw
