"$AW" explain goes-on-without-5.0.log
