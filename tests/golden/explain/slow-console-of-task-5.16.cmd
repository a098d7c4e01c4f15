"$AW" explain slow-console-of-task-5.16.log
