"$AW" explain ranges-suppressed-5.4.kern
