"$AW" live --filter "comm>=cam"
