"$AW" explain irq-x86_64-3.10.log
