# SPDX-License-Identifier: GPL-2.0
"""Encodings, strings of programming languages, and control characters."""
import base64
import html
import json
import quopri
import re
import textwrap

from log import BASE, clock, each, encode, iso, prefixed, stamp, text_of


# ---- encodings ----

def quoted_printable(log):
    return quopri.encodestring(log.raw)


def base64_mail(log):
    return (b'Subject: help\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n' +
            base64.encodebytes(log.raw) + b'\n--\nafter\n')


def html_pre(log):
    return b'<html><body><pre>' + encode(html.escape('\n'.join(log.lines))) + b'</pre></body></html>\n'


def html_br(log):
    return encode('<p>' + '<br>\n'.join(html.escape(line).replace(' ', '&nbsp;') for line in log.lines) + '</p>\n')


def html_one_line(log):
    return encode('<div class="post"><code>' + '<br />'.join(html.escape(line) for line in log.lines) + '</code></div>\n')


def html_table(log):
    rows = [f'<tr><td class="n">{i}</td><td><span class="line">{html.escape(line)}</span></td></tr>'
            for i, line in enumerate(log.lines, 1)]
    return encode('<table>\n' + '\n'.join(rows) + '\n</table>\n')


def html_divs(log):
    return encode(''.join(f'<div>{html.escape(line)}</div>' for line in log.lines) + '\n')


def html_twice(log):
    return encode(html.escape(html.escape('\n'.join(log.lines))) + '\n')


def mime(encoding, encode_body):
    """A mail with an attachment."""
    def form(log):
        return (b'From: a@b.example\nSubject: out of memory?\nMIME-Version: 1.0\n'
                b'Content-Type: multipart/mixed; boundary="=_x1"\n\n--=_x1\nContent-Type: text/plain; charset=us-ascii\n\n'
                b'See below.\n\n--=_x1\nContent-Type: text/plain; charset="utf-8"; name="dmesg.txt"\n'
                b'Content-Transfer-Encoding: ' + encoding.encode() +
                b'\nContent-Disposition: attachment; filename="dmesg.txt"\n\n' + encode_body(log) + b'\n--=_x1--\n')
    return form


def flow(line, width, before=''):
    """format=flowed (RFC 3676): a line that goes on ends with a space."""
    pieces = textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=False) or ['']
    stuffed = [' ' + piece if piece.startswith((' ', '>', 'From ')) and not before else piece for piece in pieces]
    last = stuffed.pop()
    return [before + piece.rstrip(' ') + ' ' for piece in stuffed] + [before + last]


def flowed(log):
    return text_of([piece for line in log.lines for piece in flow(line, 72)])


def flowed_quoted(log):
    return text_of([piece for line in log.lines for piece in flow(line, 70, '> ')])


def yaml_block(log):
    return text_of(['report:', '  kernel: |'] + ['    ' + line for line in log.lines] + ['  done: true'])


def html_entities(log):
    signs = {'<': '&#60;', '>': '&#x3e;', '&': '&amp;', '"': '&#34;', "'": '&apos;', ' ': '&#32;', '/': '&#x2F;', '(': '&lpar;'}
    return encode('<p>' + '<br/>'.join(''.join(signs.get(c, c) for c in line) for line in log.lines) + '</p>\n')


def html_code_lines(log):
    return encode('<pre><code>' + '\n'.join(f'<span id="L{i}" class="l"><a href="#L{i}"></a>{html.escape(line)}</span>'
                                            for i, line in enumerate(log.lines, 1)) + '</code></pre>\n')


# ---- control ----

def ansi_dmesg(log):
    """dmesg colours what is before the first colon."""
    parts = [(us, *re.match(r'^([^:]{1,30}:)?(.*)$', text).groups()) for us, text in log.said]
    return text_of([f'\x1b[32m{stamp(us).rstrip()}\x1b[0m ' + (f'\x1b[33m{head}\x1b[0m{rest}' if head else rest) for us, head, rest in parts]
                   if log.stamped else ['\x1b[1m' + line + '\x1b[0m' for line in log.lines])


def ansi_bare(log):
    return text_of([f'[32m{stamp(us).rstrip()}[0m {text}' if us is not None else f'[1m{text}[0m' for us, text in log.said])


def zero_width(line):
    return line.replace('  ', ' \u200b ').replace('/', '/\u200b').replace('_', '_\u2060') + '\u200e'


def soft_hyphen(line):
    return line.replace('alloc', 'al\u00adloc').replace('free', 'fr\u00adee').replace('stack', 'st\u00adack')


def bom_middle(log):
    return text_of(['\ufeff' + line for line in log.lines])


# ---- strings ----

def json_string(log):
    return encode(json.dumps('\n'.join(log.lines) + '\n') + '\n')


def json_object(log):
    return encode(json.dumps({'level': 'info', 'message': '\n'.join(log.lines), 'host': 'h'}) + '\n')


def python_list(log):
    return encode(repr(log.lines) + '\n')


def python_repr(log):
    return encode('\n'.join(log.lines) + '\n').replace(b'\\', b'\\\\').replace(b'\n', b'\\n').replace(b'\t', b'\\t') + b'\n'


def c_strings(log):
    return text_of(['\t' + json.dumps(line + '\n') for line in log.lines])


def rsyslog_octal(log):
    return encode('#012'.join(log.lines) + '\n')
