"$AW" explain workqueue-of-an-oops.log
