"$AW" explain mail-wrapped-arm64-6.1.log
