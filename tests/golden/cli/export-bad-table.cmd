"$AW" export --format csv --table orders x.aw
