"$AW" explain fault-12-memcg-by-its-trace.log
