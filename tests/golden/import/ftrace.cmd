"$AW" report ftrace.txt
