"$AW" explain oom-check-passes-5.3.log
