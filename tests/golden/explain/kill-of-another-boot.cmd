"$AW" explain kill-of-another-boot.kern
