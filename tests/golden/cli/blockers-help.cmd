"$AW" blockers --help
