"$AW" explain oom-two-adj-arm.log
