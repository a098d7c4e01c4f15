"$AW" export --format xml x.aw
