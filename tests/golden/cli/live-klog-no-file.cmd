"$AW" live --source klog:/nowhere/console.log; "$AW" live --source klog:; "$AW" live --source bpf:x
