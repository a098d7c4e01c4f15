"$AW" report < /dev/null
