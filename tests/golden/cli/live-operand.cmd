"$AW" live now
