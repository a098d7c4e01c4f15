"$AW" explain oom-nobody-to-kill-6.8.log
