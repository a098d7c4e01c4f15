"$AW" report --pods /no/such/place ../../screen/vm.aw
