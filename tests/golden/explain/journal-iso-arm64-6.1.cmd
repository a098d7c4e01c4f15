"$AW" explain journal-iso-arm64-6.1.log
