"$AW" explain failure-arm64-6.12-16k.log
