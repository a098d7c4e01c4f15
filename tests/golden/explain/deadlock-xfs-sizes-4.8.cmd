"$AW" explain deadlock-xfs-sizes-4.8.log
