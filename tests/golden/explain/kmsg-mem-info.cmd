"$AW" explain kmsg-mem-info.log
