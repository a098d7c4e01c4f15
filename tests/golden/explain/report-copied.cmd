"$AW" explain report-copied.kern
