"$AW" report help.cmd
