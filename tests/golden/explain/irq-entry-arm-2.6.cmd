"$AW" explain irq-entry-arm-2.6.log
