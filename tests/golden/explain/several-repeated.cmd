"$AW" explain failure-arm64-3.18.20.log failure-arm64-6.1.log failure-arm64-3.18.20.log
