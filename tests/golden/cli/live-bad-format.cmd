"$AW" live --format csv
