"$AW" diff one.aw
