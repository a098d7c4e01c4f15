"$AW" explain oom-header-alone.kern
