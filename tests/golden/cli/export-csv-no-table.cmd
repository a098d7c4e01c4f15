"$AW" export --format csv x.aw
