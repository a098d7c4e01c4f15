"$AW" trace-cmd-instance.txt | grep ^#
