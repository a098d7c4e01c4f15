"$AW" explain fault-05-oom-boost-not-cma.log
