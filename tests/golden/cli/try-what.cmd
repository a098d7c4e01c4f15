"$AW" try reboot
