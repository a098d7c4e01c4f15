# SPDX-License-Identifier: GPL-2.0
"""A log with a random prefix, wrapped or cut at random, in a random encoding."""
import codecs
import html
import quopri

from folds import hard, hyphenated, words
from log import clock, encode, iso, stamp, text_of

# What a logger puts before a line, with its stamp or instead of it: (name, keeps the stamp, prefix of time and number).
PREFIXES = [
    ('none', True, lambda rng: lambda us, i: ''),
    ('syslog', True, lambda rng: host(rng, lambda name: lambda us, i: f'Jan  9 {clock(us, 0)} {name} kernel: ')),
    ('rsyslog', True, lambda rng: host(rng, lambda name: lambda us, i: f'{iso(us)} {name} kernel: ')),
    ('5424', True, lambda rng: host(rng, lambda name: lambda us, i: f'<4>1 {iso(us)} {name} kernel - - - ')),
    ('logcat', True, lambda rng: lambda us, i: f'01-09 {clock(us, 3)}     0     0 {"WIE"[i % 3]} kernel  : '),
    ('level', True, lambda rng: lambda us, i: f'<{rng.randrange(8)}>'),
    ('number', True, lambda rng: lambda us, i, n=rng.randrange(1, 9000): f'{i + n}:'),
    ('grep', True, lambda rng: lambda us, i, n=rng.randrange(1, 9000): f'logs/kern.log:{i + n}:'),
    ('quote', True, lambda rng: constant('> ' * rng.randrange(1, 9))),
    ('indent', True, lambda rng: constant(' ' * rng.randrange(1, 12))),
    ('vendor', True, lambda rng: lambda us, i, n=rng.randrange(9): f'[K{n}]|{i * 31:04x}| '),
    ('board', True, lambda rng: lambda us, i, n=rng.randrange(9): f'unit-{n} com{i % 2} '),
    ('k8s', True, lambda rng: lambda us, i, n=rng.randrange(999): f'[pod/klog-{n:03}x/reader] '),
]


def constant(text):
    return lambda us, i: text


def host(rng, make):
    return make(rng.choice(['myhost', 'rack3-7', 'a.b.example', 'localhost']))


def folds(rng):
    """How lines are wrapped: (name, function of a line)."""
    width = rng.randrange(60, 133)
    indent = rng.choice(['', '', '  '])
    how = rng.choice([hard, words, hyphenated])
    return f'{how.__name__}{width}{"i" if indent else ""}', lambda line: [p.rstrip() for p in how(line, width, indent)]


ENCODINGS = [
    ('utf8', lambda data: data),
    ('crlf', lambda data: data.replace(b'\n', b'\r\n')),
    ('bom', lambda data: codecs.BOM_UTF8 + data),
    ('utf16', lambda data: data.decode('utf-8', 'replace').encode('utf-16')),
    ('quoted-printable', quopri.encodestring),
    ('html', lambda data: b'<pre>' + html.escape(data.decode('utf-8', 'replace')).encode() + b'</pre>\n'),
    ('nbsp', lambda data: data.replace(b'  ', '\u00a0 '.encode())),
    ('spaces', lambda data: data.replace(b'\n', b'   \n')),
    ('lost-indent', lambda data: b'\n'.join(line.strip() for line in data.split(b'\n'))),
]


def cut(lines, rng):
    """The lines that are left, and where the others were."""
    a, b = sorted(rng.randrange(len(lines) + 1) for _ in range(2))
    where = rng.choice(['head', 'tail', 'middle', 'columns'])
    if where == 'head':
        return lines[a:], where
    if where == 'tail':
        return lines[:max(b, 1)], where
    if where == 'middle':
        return lines[:a] + lines[b:], where
    width = rng.randrange(60, 200)
    return [line[:width] for line in lines], where


def random_form(log, rng):
    """Its name, what it loses, and its bytes."""
    name, _, make = rng.choice(PREFIXES)
    prefix = make(rng)
    lines = [prefix(us, i) + stamp(us) + text for i, (us, text) in enumerate(log.said)]
    what, kind, lost = [name], 'prefix', ''
    if rng.random() < 0.3:
        lines, where = cut(lines, rng)
        what.append(where)
        kind, lost = f'cut-{where}', 'any'
    if rng.random() < 0.6:
        fold, split = folds(rng)
        lines = [piece for line in lines for piece in split(line)]
        what.append(fold)
        kind = f'{kind}-{fold.rstrip("0123456789i")}'
        # whether a hyphen is the log's is not always known
        # nor whose time is read when the wrap tears a stamp
        lost = lost or ('any' if 'hyphenated' in fold else 'time')
    encoding, convert = rng.choice(ENCODINGS)
    what.append(encoding)
    return f'{kind}|{"+".join(what)}', lost, convert(encode('\n'.join(lines) + '\n'))
