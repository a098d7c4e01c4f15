"$AW" explain kill-by-hand-5.13.kern
