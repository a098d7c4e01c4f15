"$AW" explain task-table-narrow.kern
