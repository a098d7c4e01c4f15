"$AW" explain failure-arm64-6.1.log
