"$AW" explain kill-boost-is-not-all-6.1.kern
