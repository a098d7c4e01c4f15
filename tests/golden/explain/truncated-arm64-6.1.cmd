"$AW" explain truncated-arm64-6.1.log
