"$AW" explain vmap-powerpc-5.15.log
