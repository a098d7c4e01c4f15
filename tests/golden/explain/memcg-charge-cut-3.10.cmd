"$AW" explain memcg-charge-cut-3.10.kern
