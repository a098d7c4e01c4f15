"$AW" explain failure-arm64-5.10.log
