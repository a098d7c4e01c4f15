"$AW" report successes.txt 2>&1 | head -n 4
