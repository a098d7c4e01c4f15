"$AW" live --duration
