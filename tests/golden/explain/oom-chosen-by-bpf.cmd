"$AW" explain oom-chosen-by-bpf.kern
