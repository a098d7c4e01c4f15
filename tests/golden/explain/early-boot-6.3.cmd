"$AW" explain early-boot-6.3.kern
