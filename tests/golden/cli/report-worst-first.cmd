"$AW" report --top 2 ../../screen/vm.aw | grep '^#'; "$AW" report --sort count --top 1 ../../screen/vm.aw | grep '^#'
