"$AW" explain tail-with-table-4.4.kern
