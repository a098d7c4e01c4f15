"$AW"
