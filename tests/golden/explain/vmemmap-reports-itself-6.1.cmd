"$AW" explain vmemmap-reports-itself-6.1.kern
