"$AW" explain hostile-comm.log
