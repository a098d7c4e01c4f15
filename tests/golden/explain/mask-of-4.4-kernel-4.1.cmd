"$AW" explain mask-of-4.4-kernel-4.1.log
