"$AW" explain irq-stack-3.3.log
