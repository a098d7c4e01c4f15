"$AW" explain fault-08-frame-wrapped-at-build-id.log
