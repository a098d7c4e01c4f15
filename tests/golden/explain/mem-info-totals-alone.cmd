"$AW" explain mem-info-totals-alone.kern
