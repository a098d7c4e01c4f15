"$AW" explain memcg-long-path.kern
