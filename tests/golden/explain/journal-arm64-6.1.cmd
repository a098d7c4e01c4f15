"$AW" explain journal-arm64-6.1.log
