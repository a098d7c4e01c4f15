"$AW" explain cut-cma-4.11.kern
