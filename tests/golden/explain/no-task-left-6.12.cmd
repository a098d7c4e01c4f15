"$AW" explain no-task-left-6.12.kern
