"$AW" explain memcg-long-path.log
