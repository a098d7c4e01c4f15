"$AW" explain softirq-in-ksoftirqd-2.6.32.log
