"$AW" explain kill-columns.kern
