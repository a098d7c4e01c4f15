"$AW" explain frame-lost-before-another-plain-5.8.kern
