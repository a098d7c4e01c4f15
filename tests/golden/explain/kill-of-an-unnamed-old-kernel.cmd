"$AW" explain kill-of-an-unnamed-old-kernel.kern
