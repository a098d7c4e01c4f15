"$AW" explain low-zone-block-device-5.7.kern
