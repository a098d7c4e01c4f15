"$AW" explain highatomic-order-0-5.4.kern
