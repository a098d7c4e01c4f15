"$AW" explain no-header-task-table.kern
