"$AW" explain bound-to-a-node-5.10.kern
