"$AW" explain failure-arm64-vendor-3.18.31.log
