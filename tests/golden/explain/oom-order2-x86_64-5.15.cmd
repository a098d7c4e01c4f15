"$AW" explain oom-order2-x86_64-5.15.log
