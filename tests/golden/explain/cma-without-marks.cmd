"$AW" explain cma-without-marks.kern
