"$AW" live --top 0
