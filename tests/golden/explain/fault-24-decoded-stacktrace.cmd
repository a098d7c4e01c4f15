"$AW" explain fault-24-decoded-stacktrace.log
