"$AW" explain mem-info-behind-idle-4.9.kern
