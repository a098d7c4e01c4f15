"$AW" ../explain/atomic-arm-2.6.32.log | head -n 2
"$AW" ../explain/no-such.log
