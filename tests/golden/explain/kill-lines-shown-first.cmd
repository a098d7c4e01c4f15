"$AW" explain kill-lines-shown-first.kern
