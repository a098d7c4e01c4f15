"$AW" explain oom-compiler-suffixes-x86_64-5.8.log
