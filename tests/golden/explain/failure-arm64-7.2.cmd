"$AW" explain failure-arm64-7.2.log
