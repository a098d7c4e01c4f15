"$AW" live --interval -3
