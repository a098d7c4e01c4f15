"$AW" explain table-of-tasks-and-kill-5.15.kern
