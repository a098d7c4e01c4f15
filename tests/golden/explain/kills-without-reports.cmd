"$AW" explain kills-without-reports.kern
