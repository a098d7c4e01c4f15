"$AW" explain torn-frames-powerpc-6.11.kern
