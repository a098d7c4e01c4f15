"$AW" explain mem-info-once-a-second-arm64-4.14.log
