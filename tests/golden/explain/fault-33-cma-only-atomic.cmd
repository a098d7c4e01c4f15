"$AW" explain fault-33-cma-only-atomic.log
