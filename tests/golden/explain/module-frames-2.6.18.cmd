"$AW" explain module-frames-2.6.18.log
