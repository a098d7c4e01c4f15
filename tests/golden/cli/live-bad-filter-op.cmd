"$AW" live --filter "order~4"
