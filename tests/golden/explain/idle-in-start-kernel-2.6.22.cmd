"$AW" explain idle-in-start-kernel-2.6.22.kern
