"$AW" live -p init
