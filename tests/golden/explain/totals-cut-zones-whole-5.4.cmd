"$AW" explain totals-cut-zones-whole-5.4.kern
