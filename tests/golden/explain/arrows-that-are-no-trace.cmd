"$AW" explain arrows-that-are-no-trace.txt
