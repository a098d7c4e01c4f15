"$AW" explain kdump-short.log
