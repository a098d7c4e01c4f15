"$AW" explain lmkd-logcat.log
