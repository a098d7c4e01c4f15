"$AW" explain charge-of-a-machine-wide-kill-3.2.kern
