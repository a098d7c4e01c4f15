"$AW" explain failure-arm64-6.12.log
