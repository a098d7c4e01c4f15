"$AW" explain decoded-trace-arm64-6.0.log
