"$AW" live --filter "order>=four"
