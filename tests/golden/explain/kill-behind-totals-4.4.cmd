"$AW" explain kill-behind-totals-4.4.kern
