"$AW" explain all-ram-is-highmem-6.3.kern
