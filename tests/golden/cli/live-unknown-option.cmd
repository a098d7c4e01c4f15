"$AW" live --frobnicate
