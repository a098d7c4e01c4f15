"$AW" live --source nowhere.aw --speed fast
