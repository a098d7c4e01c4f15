"$AW" explain --html - doubtful.log oom-order2-x86_64-5.15.log | sed "1,/<body>/d; s/Written by allocwatch [0-9][^ ]*\. /Written by allocwatch VERSION. /"
