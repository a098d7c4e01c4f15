"$AW" explain task-table-twice.kern
