"$AW" explain oom-holders-2.6.31.kern
