"$AW" explain fault-23-vendor-prefix-pid-cpu.log
