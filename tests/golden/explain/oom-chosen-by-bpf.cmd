"$AW" explain oom-chosen-by-bpf.log
