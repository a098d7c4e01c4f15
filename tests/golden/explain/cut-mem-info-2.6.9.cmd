"$AW" explain cut-mem-info-2.6.9.kern
