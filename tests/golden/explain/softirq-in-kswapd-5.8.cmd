"$AW" explain softirq-in-kswapd-5.8.log
