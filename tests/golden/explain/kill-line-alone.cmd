"$AW" explain kill-line-alone.kern
