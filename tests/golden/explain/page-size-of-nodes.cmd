"$AW" explain page-size-of-nodes.log
