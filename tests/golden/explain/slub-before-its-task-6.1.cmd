"$AW" explain slub-before-its-task-6.1.log
