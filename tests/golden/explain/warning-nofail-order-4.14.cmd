"$AW" explain warning-nofail-order-4.14.kern
