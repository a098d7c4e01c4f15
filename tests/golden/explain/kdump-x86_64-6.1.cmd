"$AW" explain kdump-x86_64-6.1.log
