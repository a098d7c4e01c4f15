"$AW" explain kill-copied.kern
