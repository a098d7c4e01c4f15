"$AW" export --format json --table order x.aw
