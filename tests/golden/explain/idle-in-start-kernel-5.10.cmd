"$AW" explain idle-in-start-kernel-5.10.kern
