"$AW" explain kill-tail-cut-4.19.kern
