"$AW" explain arrows-before-a-trace.txt
