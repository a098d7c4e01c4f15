# SPDX-License-Identifier: GPL-2.0
# The part of the sources test in the VM with a locked-down kernel.
mount -t securityfs none /sys/kernel/security 2>/dev/null
cat /sys/kernel/security/lockdown > /out/lockdown
allocwatch doctor --json > /out/lockdown.json 2> /out/lockdown.doctor.err
echo $? > /out/lockdown.doctor
allocwatch live --duration 1s > /out/lockdown.live 2> /out/lockdown.live.err
echo $? > /out/lockdown.live.status
allocwatch blockers --json > /out/lockdown.blockers 2> /out/lockdown.blockers.err
allocwatch blockers --source bpf > /out/lockdown.bpf 2> /out/lockdown.bpf.err
echo $? > /out/lockdown.bpf.status
# Where nothing at all may be read: neither by bpf() nor in the files of root.
deny root allocwatch blockers > /out/lockdown.nobody 2> /out/lockdown.nobody.err
echo $? > /out/lockdown.nobody.status
deny root allocwatch doctor --json > /out/lockdown.nobody.json
echo $? > /out/lockdown.nobody.doctor
