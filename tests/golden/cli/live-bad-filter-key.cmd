"$AW" live --filter "ordre>=4"
