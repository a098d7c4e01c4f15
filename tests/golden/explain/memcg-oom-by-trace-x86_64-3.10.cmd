"$AW" explain memcg-oom-by-trace-x86_64-3.10.log
