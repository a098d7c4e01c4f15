################################################################################
#
# allocwatch
#
################################################################################

# The address and the commit of your copy.
ALLOCWATCH_VERSION = main
ALLOCWATCH_SITE = https://example.org/allocwatch.git
ALLOCWATCH_SITE_METHOD = git
ALLOCWATCH_LICENSE = GPL-2.0
ALLOCWATCH_LICENSE_FILES = COPYING
ALLOCWATCH_DEPENDENCIES = host-bpftool host-clang host-ncurses elfutils jansson \
	libarchive libbpf libmicrohttpd libtraceevent ncurses uthash zlib

ALLOCWATCH_ARCH = $(if $(BR2_aarch64),arm64,x86_64)
ALLOCWATCH_OPTIONS = \
	$(TARGET_CONFIGURE_OPTS) \
	ARCH=$(ALLOCWATCH_ARCH) HOST_ARCH=$(ALLOCWATCH_ARCH) \
	needed=program \
	CLANG=$(HOST_DIR)/bin/clang \
	BPFTOOL=$(HOST_DIR)/sbin/bpftool \
	PREFIX=/usr

define ALLOCWATCH_BUILD_CMDS
	$(TARGET_MAKE_ENV) $(MAKE) -C $(@D) all $(ALLOCWATCH_OPTIONS)
endef

define ALLOCWATCH_INSTALL_TARGET_CMDS
	$(INSTALL) -D -m 0755 $(@D)/build/$(ALLOCWATCH_ARCH)/allocwatch \
		$(TARGET_DIR)/usr/bin/allocwatch
endef

define ALLOCWATCH_INSTALL_INIT_SYSTEMD
	$(INSTALL) -D -m 0644 $(@D)/packaging/systemd/allocwatch-record.service \
		$(TARGET_DIR)/usr/lib/systemd/system/allocwatch-record.service
	$(INSTALL) -D -m 0644 $(@D)/packaging/systemd/allocwatch.service \
		$(TARGET_DIR)/usr/lib/systemd/system/allocwatch.service
endef

$(eval $(generic-package))
