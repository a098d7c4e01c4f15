"$AW" explain logcat-wrapped-arm64-4.9.log
