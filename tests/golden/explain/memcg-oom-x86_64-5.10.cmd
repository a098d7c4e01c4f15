"$AW" explain memcg-oom-x86_64-5.10.log
