"$AW" blockers --order 99
