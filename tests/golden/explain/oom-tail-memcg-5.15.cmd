"$AW" explain oom-tail-memcg-5.15.log
