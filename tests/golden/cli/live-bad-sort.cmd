"$AW" live --sort size
