"$AW" explain nowait-reserve-arm64-4.19.log
