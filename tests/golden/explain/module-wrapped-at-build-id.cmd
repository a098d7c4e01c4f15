"$AW" explain module-wrapped-at-build-id.log
