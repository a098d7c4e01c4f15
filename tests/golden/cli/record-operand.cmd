"$AW" record true
