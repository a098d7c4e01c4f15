# SPDX-License-Identifier: GPL-2.0
"""A log, and times, prefixes and lines in the ways in which tools write them."""
import os
import re

STAMP = re.compile(r'^\[ *(\d+)\.(\d{6})\] ?(.*)$')
SYSLOG = re.compile(r'^[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S+ kernel: ?(.*)$')
BASE = 1673240123.0     # 2023-01-09 04:55:23 UTC

# Logs that are in some form already: quoted-printable, wrapped, a page of a site.
FOLDED = ('wrapped', 'quoted-printable', 'case-order4')


class Log:
    """The lines with their times, if all have one."""

    def __init__(self, path):
        self.name = os.path.basename(path)
        self.raw = open(path, 'rb').read()
        self.lines = self.raw.decode('utf-8', 'surrogateescape').rstrip('\n').split('\n')
        stamps = [STAMP.match(line) for line in self.lines]
        self.stamped = all(stamps)
        # microseconds since boot, and the message
        self.said = [(int(m[1]) * 1000000 + int(m[2]), m[3]) if self.stamped else (None, line)
                     for m, line in zip(stamps, self.lines)]
        syslog = [SYSLOG.match(line) for line in self.lines]
        if all(syslog):
            self.said = [(None, m[1]) for m in syslog]
        # a prefix that names a task fits only where one task printed everything
        pids = set(re.findall(r'PID: (\d+)', '\n'.join(self.lines)))
        self.one_printer = len(pids) == 1 and b'SLUB' not in self.raw and b'deadlock' not in self.raw
        self.pid = max(pids) if pids else '318'
        self.folded = any(name in self.name for name in FOLDED)
        self.has_body = b'CPU: ' in self.raw or b'Mem-Info:' in self.raw


def encode(text):
    return text.encode('utf-8', 'surrogateescape')


def text_of(lines):
    return encode('\n'.join(lines) + '\n')


# ---- times ----

def clock(us, digits=6):
    seconds = (us or 0) / 1e6
    whole = int(BASE + seconds)
    h, m, s = whole // 3600 % 24, whole // 60 % 60, whole % 60
    fraction = f'{(us or 0) % 1000000:06}'[:digits]
    return f'{h:02}:{m:02}:{s:02}' + (f'.{fraction}' if digits else '')


def iso(us, digits=6, t='T', zone='+01:00', point='.'):
    return f'2023-01-09{t}{clock(us, digits).replace(".", point)}{zone}'


def stamp(us):
    return '' if us is None else f'[{us // 1000000:5}.{us % 1000000:06}] '


# ---- a line at a time ----

def prefixed(prefix, strip=False):
    """A form that puts a prefix before each line: a function of (log, time, number)."""
    def form(log):
        if strip:
            return text_of([prefix(log, us, i) + text for i, (us, text) in enumerate(log.said)])
        return text_of([prefix(log, us, i) + line for i, ((us, _), line) in enumerate(zip(log.said, log.lines))])
    return form


def each(change):
    return lambda log: text_of([change(line) for line in log.lines])
