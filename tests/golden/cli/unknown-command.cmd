"$AW" lvie
