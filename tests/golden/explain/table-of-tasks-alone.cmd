"$AW" explain table-of-tasks-alone.kern
