"$AW" blockers --source klog
