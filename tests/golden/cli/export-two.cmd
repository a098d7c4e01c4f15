"$AW" export --format json a.aw b.aw
