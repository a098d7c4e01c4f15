"$AW" live -z
