"$AW" explain memcg-name-with-colons-5.15.kern
