"$AW" explain kill-then-warning.kern
