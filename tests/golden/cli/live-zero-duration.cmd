"$AW" live --duration 0
