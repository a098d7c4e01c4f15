"$AW" explain frame-lost-before-another-module-5.8.kern
