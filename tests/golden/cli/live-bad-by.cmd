"$AW" live --by order,colour
