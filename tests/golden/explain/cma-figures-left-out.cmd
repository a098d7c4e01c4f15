"$AW" explain cma-figures-left-out.kern
