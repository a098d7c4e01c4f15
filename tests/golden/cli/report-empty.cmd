"$AW" report -
