"$AW" serve all
