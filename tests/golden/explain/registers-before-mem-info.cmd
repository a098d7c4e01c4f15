"$AW" explain registers-before-mem-info.kern
