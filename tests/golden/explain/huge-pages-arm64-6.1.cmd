"$AW" explain huge-pages-arm64-6.1.kern
