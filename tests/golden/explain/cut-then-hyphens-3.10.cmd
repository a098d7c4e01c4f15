"$AW" explain cut-then-hyphens-3.10.kern
