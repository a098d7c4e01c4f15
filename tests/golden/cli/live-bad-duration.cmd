"$AW" live --duration 5x
