"$AW" explain logcat-arm64-4.9.log
