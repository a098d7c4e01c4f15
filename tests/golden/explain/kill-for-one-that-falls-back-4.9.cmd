"$AW" explain kill-for-one-that-falls-back-4.9.kern
