# SPDX-License-Identifier: GPL-2.0
# Reads and writes recordings by docs/recording-format.md, without the program's code.
import struct
import zlib

HEADER, BLOCK_HEADER, STRING = 32, 20, 16


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
