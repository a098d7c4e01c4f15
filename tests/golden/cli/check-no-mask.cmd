"$AW" check --order 4
