"$AW" explain fault-11-absurd-watermarks.log
