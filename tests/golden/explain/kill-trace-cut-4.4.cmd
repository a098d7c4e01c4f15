"$AW" explain kill-trace-cut-4.4.kern
