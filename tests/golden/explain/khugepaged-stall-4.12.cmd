"$AW" explain khugepaged-stall-4.12.kern
