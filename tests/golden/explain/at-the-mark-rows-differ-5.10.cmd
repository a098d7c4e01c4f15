"$AW" explain at-the-mark-rows-differ-5.10.kern
