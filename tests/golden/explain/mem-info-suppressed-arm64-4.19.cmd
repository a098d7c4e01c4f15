"$AW" explain mem-info-suppressed-arm64-4.19.log
