# SPDX-License-Identifier: GPL-2.0
# What `make install` installs, and where.
#
# PREFIX=/usr/local, below DESTDIR=.  STATIC=1 ARCH=arm64 installs that build.

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man
DOCDIR ?= $(DATADIR)/doc/allocwatch
ZSHDIR ?= $(DATADIR)/zsh/site-functions
# systemd reads units of /usr/local/lib, too.
UNITDIR ?= $(PREFIX)/lib/systemd/system

INSTALL_FILE := install -D -m 644
INSTALL_EXAMPLES := docs/prometheus/scrape.yml docs/prometheus/alerts.yml docs/grafana/allocwatch.json \
	packaging/systemd/allocwatch.default packaging/systemd/full.conf
INSTALL_UNITS := $(wildcard packaging/systemd/*.service)

install: all
	install -D -m 755 $(OUT)/allocwatch $(DESTDIR)$(BINDIR)/allocwatch
	for page in $(MAN_PAGES); do \
		$(INSTALL_FILE) $$page $(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/} || exit; \
	done
	$(INSTALL_FILE) packaging/completions/allocwatch.bash $(DESTDIR)$(DATADIR)/bash-completion/completions/allocwatch
	$(INSTALL_FILE) packaging/completions/allocwatch.zsh $(DESTDIR)$(ZSHDIR)/_allocwatch
	$(INSTALL_FILE) packaging/completions/allocwatch.fish $(DESTDIR)$(DATADIR)/fish/vendor_completions.d/allocwatch.fish
	# The units name the program by its path.
	mkdir -p $(DESTDIR)$(UNITDIR)
	for unit in $(INSTALL_UNITS); do \
		sed 's,/usr/bin/allocwatch,$(BINDIR)/allocwatch,' $$unit > $(DESTDIR)$(UNITDIR)/$${unit##*/} && \
		chmod 644 $(DESTDIR)$(UNITDIR)/$${unit##*/} || exit; \
	done
	# Not active: docs/boot.md says where they go.
	install -D -m 755 packaging/initramfs-tools/scripts/init-top/allocwatch $(DESTDIR)$(DOCDIR)/examples/initramfs/allocwatch
	install -D -m 755 packaging/dracut/99allocwatch/module-setup.sh $(DESTDIR)$(DOCDIR)/examples/initramfs/module-setup.sh
	for example in $(INSTALL_EXAMPLES); do \
		$(INSTALL_FILE) $$example $(DESTDIR)$(DOCDIR)/examples/$${example##*/} || exit; \
	done

# The services are stopped by whoever started them.
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/allocwatch
	for page in $(MAN_PAGES); do rm -f $(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/}; done
	rm -f $(DESTDIR)$(DATADIR)/bash-completion/completions/allocwatch \
		$(DESTDIR)$(ZSHDIR)/_allocwatch \
		$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/allocwatch.fish
	for unit in $(INSTALL_UNITS); do rm -f $(DESTDIR)$(UNITDIR)/$${unit##*/}; done
	rm -rf $(DESTDIR)$(DOCDIR)

.PHONY: install uninstall
