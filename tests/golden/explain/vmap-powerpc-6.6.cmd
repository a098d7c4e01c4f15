"$AW" explain vmap-powerpc-6.6.log
