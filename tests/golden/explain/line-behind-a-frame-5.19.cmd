"$AW" explain line-behind-a-frame-5.19.kern
