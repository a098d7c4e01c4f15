"$AW" explain packed/kern.log.1.gz packed/kern.log.2.xz packed/kern.log.3.zst packed/kern.log.4.bz2 packed/sosreport-exhost.tar.xz
