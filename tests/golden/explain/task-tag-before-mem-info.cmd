"$AW" explain task-tag-before-mem-info.kern
