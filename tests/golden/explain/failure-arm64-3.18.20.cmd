"$AW" explain failure-arm64-3.18.20.log
