"$AW" explain --json --html page.html doubtful.log
