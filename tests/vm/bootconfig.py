#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Appends a boot configuration to an initramfs, as the kernel's tools/bootconfig does: bootconfig.py INITRAMFS FILE.

Documentation/admin-guide/bootconfig.rst; apart from `allocwatch boot --append`, so that neither tests itself.
"""
import os
import struct
import sys


def main():
    initramfs, config = sys.argv[1:]
    with open(config, "rb") as file:
        data = file.read() + b"\0"
    with open(initramfs, "ab") as file:
        end = os.path.getsize(initramfs)
        data += b"\0" * (-(end + len(data) + 20) % 4)
        file.write(data + struct.pack("<II", len(data), sum(data)) + b"#BOOTCONFIG\n")


main()
