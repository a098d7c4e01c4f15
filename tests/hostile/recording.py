# SPDX-License-Identifier: GPL-2.0
# Reads and writes recordings by docs/recording-format.md, without the program's code.
import struct
import zlib

HEADER, BLOCK_HEADER = 32, 20
ENUM, STRING, TASK, FAILURE, STALL, OOM_KILL, SCAN = 2, 16, 18, 32, 33, 36, 39
NAME = 16	# bytes of a name of a task or a zone, padded with NUL


def blocks(data):
    """The records of each block, decompressed."""
    at = HEADER
    while at < len(data):
        magic, stored, size, crc = struct.unpack_from("<4sIII", data, at)
        assert magic == b"AWBK"
        records = zlib.decompress(data[at + BLOCK_HEADER:at + BLOCK_HEADER + stored])
        assert len(records) == size
        yield records
        at += BLOCK_HEADER + stored


def records(block):
    """Pairs of the type and the content of each record."""
    at = 0
    while at < len(block):
        kind, _, size = struct.unpack_from("<HHI", block, at)
        yield kind, block[at + 8:at + 8 + size]
        at += 8 + size


def pack(block):
    content = b"".join(struct.pack("<HHI", kind, 0, len(data)) + data for kind, data in block)
    stored = zlib.compress(content)
    head = struct.pack("<4sIII", b"AWBK", len(stored), len(content), zlib.crc32(stored))
    return head + struct.pack("<I", zlib.crc32(head)) + stored


def with_strings(data, change):
    """The recording with each of its strings replaced by change(string)."""
    return data[:HEADER] + b"".join(
        pack([(kind, change(content)[:1024] if kind == STRING else content) for kind, content in records(block)])
        for block in blocks(data))


def enum(which, *names):
    """Names of numbers, as a record."""
    return ENUM, struct.pack("<HH", which, len(names)) + b"".join(struct.pack("<H", len(n)) + n for n in names)


def scan(zones=(b"DMA", b"Normal"), time=0, movable=1, change=lambda name: name):
    """A page scan, and before it the names of its numbers, as records; change(name) is applied to those."""
    names = [enum(9, *map(change, (b"none", b"free", b"slab", b"kernel"))), enum(10, *map(change, (b"bpf", b"kpageflags"))),
             enum(11, *map(change, (b"none", b"free", b"part")))]
    head = struct.pack("<QIII", time, 0, 1, 0) + bytes([255, 0, 0, 0])
    request = struct.pack("<III", 4, 1, movable) + bytes([0, 0, 0, len(zones)]) + struct.pack("<5Q", time or 5, 100, 200, 300, 0)
    content = b""
    for zone in zones:
        content += struct.pack("<i16s6QB", 0, zone, 16, 4096, 7, 9, 100, 1, 1)
        content += struct.pack("<6QI", 256, 3, 1, 52, 200, 90, 2)
        content += struct.pack("<B3Q", 2, 900, 150, 120) + struct.pack("<B3Q", 3, 800, 80, 50)
        content += struct.pack("<3QI", 16, 512, 1, 2)
        content += struct.pack("<BB4I", 1, 0, 512, 512, 0, 0) + struct.pack("<BB4I", 2, 2, 512, 200, 12, 300)
    return names + [(SCAN, head + request + content)]


def with_names(data, change):
    """
    The recording with each name of a task or a zone, and those of numbers of page scans, replaced by
    change(name), and with a page scan before the first failure of each block.
    """
    def padded(name):
        return change(name)[:NAME].ljust(NAME, b"\0")

    def changed(kind, content):
        if kind in (TASK, OOM_KILL):
            return content[:-NAME] + padded(content[-NAME:].rstrip(b"\0"))
        for zone in (b"DMA", b"DMA32", b"Normal", b"Movable") if kind in (FAILURE, STALL) else ():
            content = content.replace(zone.ljust(NAME, b"\0"), padded(zone))
        return content

    packed = data[:HEADER]
    for block in blocks(data):
        found = []
        for kind, content in records(block):
            if kind == FAILURE and not any(other == SCAN for other, _ in found):
                found += scan([padded(b"DMA")], struct.unpack_from("<Q", content)[0], 0, change)
            found.append((kind, changed(kind, content)))
        packed += pack(found)
    return packed
