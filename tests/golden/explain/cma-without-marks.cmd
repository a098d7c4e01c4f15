"$AW" explain cma-without-marks.log
