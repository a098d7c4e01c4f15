"$AW" explain kmsg-mem-info.kern
