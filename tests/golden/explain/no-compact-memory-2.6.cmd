"$AW" explain no-compact-memory-2.6.log
