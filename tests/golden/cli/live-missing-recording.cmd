"$AW" live --source nowhere.aw
