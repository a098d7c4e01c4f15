# SPDX-License-Identifier: GPL-2.0
"""Lines that something wrapped, split or cut."""
import re
import textwrap

from log import BASE, clock, each, encode, iso, prefixed, stamp, text_of


# ---- folds ----

def hard(line, width, indent=''):
    pieces = [line[:width]]
    rest = line[width:]
    while rest:
        pieces.append(indent + rest[:width - len(indent)])
        rest = rest[width - len(indent):]
    return pieces


def words(line, width, indent=''):
    return textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=True, break_on_hyphens=False,
                         drop_whitespace=True, initial_indent='') or ['']


def hyphenated(line, width, indent=''):
    pieces = []
    while len(line) > width:
        at = width - 1
        # between letters of a long word that is nothing but letters
        while at > width // 2 and not re.search(r'(?<![\w.,/+-])[a-zA-Z]{3,}$', line[:at]) or \
                not re.match(r'[a-zA-Z]{2,}(?![\w.,/+-])', line[at:]):
            at -= 1
            if at <= width // 2:
                break
        if at <= width // 2:
            pieces.append(line[:width])
            line = line[width:]
        else:
            pieces.append(line[:at] + '-')
            line = line[at:]
    return pieces + [line]


def wrapped(how, width, indent='', before='', trim=True):
    def form(log):
        out = []
        for line in log.lines:
            out += [before + (piece.rstrip() if trim else piece) for piece in how(line, width, indent)]
        return text_of(out)
    return form


def backslash(log):
    return text_of([('\\\n').join(hard(line, 79)) for line in log.lines])


def flat(log):
    return encode(' '.join(log.lines) + '\n')


def flat_syslog(log):
    return encode(' '.join(f'Jan  9 {clock(us, 0)} myhost kernel: {line}' for (us, _), line in zip(log.said, log.lines)) + '\n')


def mask_below(log):
    out = []
    for line in log.lines:
        m = re.match(r'^(.*page allocation failure[.:] order:\d+)(, mode:.*)$', line)
        start = re.match(r'^\[[^]]*\] ', line)
        if m and start:
            out += [m[1], start[0] + 'Stack : 00000000 80440000 8043d1e4 00000000', start[0] + m[2]]
        else:
            out.append(line)
    return text_of(out)


def reserve_below(log):
    out = []
    for line in log.lines:
        m = re.match(r'^(.*lowmem_reserve\[\]:)((?: \d+)+)$', line)
        start = re.match(r'^\[[^]]*\] |^(?:[A-Z][a-z]{2} .* kernel: )', line)
        if m and start:
            out += [m[1]] + [start[0] + number for number in m[2].split()]
        else:
            out.append(line)
    return text_of(out)


def blocks_below(log):
    out = []
    for line in log.lines:
        m = re.match(r'^(\[[^]]*\] )(Node \d+ \w+:|\w+:) (\d+\*.*)$', line)
        if m:
            pieces = re.findall(r'\d+\*\d+kB(?: \(\w+\))?|= \d+kB', m[3])
            out += [m[1] + m[2]] + [m[1] + piece for piece in pieces]
        else:
            out.append(line)
    return text_of(out)


def cut(width):
    return lambda log: text_of([line[:width] for line in log.lines])
