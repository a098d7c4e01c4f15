"$AW" explain fault-06-site-compiler-suffixes.log
