"$AW" explain page-size-of-task-table.log
