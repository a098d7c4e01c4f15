"$AW" explain file-system-enomem.kern
