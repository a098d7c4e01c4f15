"$AW" explain frame-wrapped-at-build-id-6.11.log
