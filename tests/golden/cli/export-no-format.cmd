"$AW" export x.aw
