"$AW" blockers Normal
