"$AW" explain lmk-driver-3.18.log
