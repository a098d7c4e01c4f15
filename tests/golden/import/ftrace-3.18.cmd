"$AW" report -k 3.18.20 ftrace-3.18.txt
