# SPDX-License-Identifier: GPL-2.0
SUMMARY = "Why did the kernel fail to allocate memory, who asked, what fixes it"
LICENSE = "GPL-2.0-only"
LIC_FILES_CHKSUM = "file://COPYING;md5=b234ee4d69f5fce4486a80fdaf4a4263"

# The address and the commit of your copy.
SRC_URI = "git://example.org/allocwatch.git;protocol=https;branch=main"
SRCREV = "${AUTOREV}"
PV = "0.1.0+git"
S = "${WORKDIR}/git"

# clang-native and bpftool-native: meta-clang, and linux-tools of oe-core
DEPENDS = "clang-native bpftool-native ncurses-native libbpf elfutils zlib ncurses jansson libmicrohttpd \
	libarchive libtraceevent uthash"
COMPATIBLE_HOST = "(x86_64|aarch64).*-linux"

inherit pkgconfig systemd

AW_ARCH = "${@'arm64' if d.getVar('TARGET_ARCH') == 'aarch64' else 'x86_64'}"
EXTRA_OEMAKE = "ARCH=${AW_ARCH} HOST_ARCH=${AW_ARCH} needed=program 'CC=${CC}' 'CFLAGS=${CFLAGS}' \
	'LDFLAGS=${LDFLAGS}' PREFIX=${prefix} UNITDIR=${systemd_system_unitdir}"

do_compile() {
	oe_runmake all
}

do_install() {
	oe_runmake install DESTDIR=${D}
	install -D -m 644 ${S}/packaging/systemd/allocwatch.default ${D}${sysconfdir}/default/allocwatch
}

# Which service runs is up to the image: SYSTEMD_AUTO_ENABLE:pn-allocwatch = "enable"
SYSTEMD_SERVICE:${PN} = "allocwatch-record.service"
SYSTEMD_AUTO_ENABLE ?= "disable"
FILES:${PN} += "${systemd_system_unitdir} ${datadir}/bash-completion ${datadir}/zsh ${datadir}/fish"
CONFFILES:${PN} = "${sysconfdir}/default/allocwatch"
RRECOMMENDS:${PN} = "libmicrohttpd libarchive libdeflate"
