# SPDX-License-Identifier: GPL-2.0
# A plugin of sos report: what works on this machine, and the verdicts on the failures in its kernel log.
# Copy it to sos/report/plugins/ of the installed sos, 4.0 or later.
import os

from sos.report.plugins import DebianPlugin, IndependentPlugin, Plugin, RedHatPlugin, UbuntuPlugin


# sos 4.0 takes only those that name the distribution; later ones would be content with IndependentPlugin.
class Allocwatch(Plugin, IndependentPlugin, RedHatPlugin, DebianPlugin, UbuntuPlugin):
    """Collects why page allocations failed, from the kernel log and from the flight recorder."""

    short_desc = "Page allocation failures"
    plugin_name = "allocwatch"
    profiles = ("memory", "kernel")
    commands = ("allocwatch",)

    def setup(self):
        self.add_cmd_output("allocwatch doctor --json")
        for log in ("/var/log/kern.log", "/var/log/messages"):
            # sos 4.0 has no path_exists()
            if getattr(self, "path_exists", os.path.exists)(log):
                self.add_cmd_output("allocwatch explain --json " + log)
        self.add_cmd_output("sh -c 'dmesg | allocwatch explain --json -'", suggest_filename="allocwatch_explain_dmesg")
        # Kernel addresses are not in recordings, unless --raw-addresses asked for them.
        self.add_copy_spec("/var/lib/allocwatch/flight*.aw", sizelimit=20)
