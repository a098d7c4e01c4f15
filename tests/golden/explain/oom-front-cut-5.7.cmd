"$AW" explain oom-front-cut-5.7.kern
