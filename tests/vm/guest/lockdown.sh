# SPDX-License-Identifier: GPL-2.0
# The part of the sources test in the VM with a locked-down kernel.
mount -t securityfs none /sys/kernel/security 2>/dev/null
cat /sys/kernel/security/lockdown > /out/lockdown
allocwatch doctor --json > /out/lockdown.json 2> /out/lockdown.doctor.err
echo $? > /out/lockdown.doctor
allocwatch live --duration 1s > /out/lockdown.live 2> /out/lockdown.live.err
echo $? > /out/lockdown.live.status
