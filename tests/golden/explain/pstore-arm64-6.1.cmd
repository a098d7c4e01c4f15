"$AW" explain pstore-arm64-6.1.log
