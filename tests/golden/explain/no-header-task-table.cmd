"$AW" explain no-header-task-table.log
