"$AW" explain vmap-three-lines-3.4.log
