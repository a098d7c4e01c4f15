"$AW" explain memcg-group-kill.log
