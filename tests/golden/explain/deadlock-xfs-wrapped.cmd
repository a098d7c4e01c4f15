"$AW" explain deadlock-xfs-wrapped.log
