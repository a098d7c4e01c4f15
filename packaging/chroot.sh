# SPDX-License-Identifier: GPL-2.0
# Builds the last commit in a fresh chroot of Debian, so that the same commit gives the same bytes: to be sourced.
# shellcheck shell=sh disable=SC2034  # $maintainer is for the script that sources this
#
# The chroot has the packages of the mirror and nothing else, and times are those of the commit.  Other
# architectures are cross-built.  SUITE=bookworm; FRESH=1 makes the chroot again.  Needs mmdebstrap, and root.
. "$here/cache.sh"
suite=${SUITE:-bookworm}
native=$(dpkg --print-architecture)
libraries="libbpf-dev libelf-dev zlib1g-dev libncurses-dev libjansson-dev libmicrohttpd-dev libarchive-dev
	libtraceevent-dev libc6-dev"

die() { echo "$(basename "$0"): $*" >&2; exit 1; }
command -v mmdebstrap > /dev/null || die "needs mmdebstrap: apt-get install mmdebstrap"
git rev-parse HEAD > /dev/null || die "needs the git tree: packages are built from its last commit"

version=$("$here/version")
# As for other tools of Debian; else the author of the commit.
maintainer="${DEBFULLNAME:-$(git log -1 --format=%an)} <${DEBEMAIL:-$(git log -1 --format=%ae)}>"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# The tree of the commit: $source, for the script to change before the first build.
source=$work/allocwatch-$version
mkdir "$source"
git archive HEAD | tar -x -C "$source"

write_sources() {
	"$here/debian-mirror" | awk -v suite="$suite" '
		$1 == "main" { print "deb " $2 " " suite " main" }
		$1 == "security" && suite != "sid" { print "deb " $2 " " suite "-security main" }'
}

# ARCH: prints a tar file of a chroot with what building for ARCH needs, made once for each list of packages.
chroot_for() {
	packages=build-essential,debhelper,dh-dkms,clang,llvm,bpftool,ncurses-bin,uthash-dev,pkg-config
	for library in $libraries; do packages="$packages,$library:$1"; done
	[ "$1" = "$native" ] || packages="$packages,crossbuild-essential-$1"
	tar=$cache/chroot/build-$suite-$1-$(echo "$packages" | cksum | cut -d ' ' -f 1).tar
	if [ -n "${FRESH:-}" ] || [ ! -e "$tar" ]; then
		mkdir -p "${tar%/*}"
		write_sources > "$work/sources.list"
		mmdebstrap --quiet --format=tar --variant=minbase --include="$packages" \
			--aptopt='Acquire::Check-Valid-Until "false"' \
			--architectures="$(printf '%s\n' "$native" "$1" | uniq | paste -sd ,)" \
			"$suite" "$tar.new" "$work/sources.list" >&2
		mv "$tar.new" "$tar"
	fi
	echo "$tar"
}

# ARCH LOG COMMAND: runs the command for ARCH in $source of a fresh chroot, which is $work/root afterwards.
build_in_chroot() {
	tar=$(chroot_for "$1")
	rm -rf "${work:?}/root"
	mkdir "$work/root"
	tar -C "$work/root" -xf "$tar" --exclude='./dev/*'
	cp -a "$source" "$work/root/tmp/"
	# shellcheck disable=SC2016  # expanded by the inner shell
	unshare --mount --pid --fork sh -c '
		mount --rbind /dev "$1/dev" && mount -t proc proc "$1/proc" || exit
		exec chroot "$1" env -i HOME=/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
			SOURCE_DATE_EPOCH="$2" sh -c "cd \"/tmp/$3\" && $4"
	' - "$work/root" "$SOURCE_DATE_EPOCH" "${source##*/}" "$3" > "$2" 2>&1 || die "the build for $1 failed: see $2"
}
