"$AW" report v7-effort.dat --by site
