"$AW" explain fault-15-page-fault-oom-mask-0.log
