"$AW" explain -k 6.1.0-56-amd64 < trace-cmd-report.txt
