"$AW" explain memcg-trace-cut.log
