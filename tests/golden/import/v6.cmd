zcat v6.dat.gz | "$AW" report -
