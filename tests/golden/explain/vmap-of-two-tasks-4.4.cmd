"$AW" explain vmap-of-two-tasks-4.4.kern
