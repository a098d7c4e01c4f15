"$AW" explain memcg-name-cut-5.15.kern
