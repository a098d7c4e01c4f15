"$AW" explain fault-02-vmalloc-huge-page-fell-back.log
