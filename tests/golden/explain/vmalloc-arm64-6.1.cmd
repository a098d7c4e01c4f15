"$AW" explain vmalloc-arm64-6.1.log
