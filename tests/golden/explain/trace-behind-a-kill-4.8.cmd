"$AW" explain trace-behind-a-kill-4.8.kern
