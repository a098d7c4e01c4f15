#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Generates the forms in which people paste a kernel log.

usage: forms.py LOG...                   every log in every form, to stdout, for compare
       forms.py --random N SEED LOG...   N random forms of each log: prefix, wrap, encoding, cut

A record is "FORM<tab>LOG<tab>LOST<tab>BYTES<newline>", followed by that many
bytes; LOST names what the form destroys ("time", "lines"). The first record of
a log is its plain form.
"""
import base64
import codecs
import csv
import random
import sys

from containers import *
from folds import *
from log import Log, clock, each, encode, iso, prefixed, stamp, text_of
from random_form import random_form
from text import *

DEEP = '> > > > > > > > '
FORMS = [
    # encodings
    ('utf8-bom', lambda log: codecs.BOM_UTF8 + log.raw, ''),
    ('utf16le-bom', lambda log: codecs.BOM_UTF16_LE + log.raw.decode('utf-8', 'replace').encode('utf-16-le'), ''),
    ('utf16be-bom', lambda log: codecs.BOM_UTF16_BE + log.raw.decode('utf-8', 'replace').encode('utf-16-be'), ''),
    ('utf16le', lambda log: log.raw.decode('utf-8', 'replace').encode('utf-16-le'), ''),
    ('utf16be', lambda log: log.raw.decode('utf-8', 'replace').encode('utf-16-be'), ''),
    ('quoted-printable', quoted_printable, ''),
    ('base64-mail', base64_mail, ''),
    ('html-pre', html_pre, ''),
    ('html-br', html_br, ''),
    ('html-one-line', html_one_line, ''),
    ('html-table', html_table, ''),
    ('html-divs', html_divs, ''),
    ('html-twice', html_twice, ''),
    ('json-string', json_string, ''),
    ('json-object', json_object, ''),
    ('python-list', python_list, ''),
    ('python-repr', python_repr, ''),
    ('c-strings', c_strings, ''),
    ('rsyslog-octal', rsyslog_octal, ''),
    ('mime-qp', mime('quoted-printable', quoted_printable), ''),
    ('mime-base64', mime('base64', lambda log: base64.encodebytes(log.raw)), ''),
    ('flowed', flowed, ''),
    ('flowed-quoted', flowed_quoted, ''),
    ('yaml-block', yaml_block, ''),
    ('html-entities', html_entities, ''),
    ('html-code-lines', html_code_lines, ''),
    # control
    ('crlf', lambda log: log.raw.replace(b'\n', b'\r\n'), ''),
    ('crcrlf', lambda log: log.raw.replace(b'\n', b'\r\r\n'), ''),
    ('bare-cr', lambda log: log.raw.replace(b'\n', b'\r'), ''),
    ('ansi-dmesg', ansi_dmesg, ''),
    ('ansi-bare', ansi_bare, ''),
    ('ansi-grep', each(lambda line: line.replace('alloc', '\x1b[01;31m\x1b[Kalloc\x1b[m\x1b[K')), ''),
    ('nbsp', each(lambda line: line.replace(' ', '\u00a0')), ''),
    ('nbsp-latin1', lambda log: log.raw.replace(b' ', b'\xa0'), ''),
    ('zero-width', each(zero_width), ''),
    ('soft-hyphen', each(soft_hyphen), ''),
    ('bom-middle', bom_middle, ''),
    ('trailing-spaces', each(lambda line: line.ljust(80)), ''),
    ('no-indent', each(str.strip), ''),
    ('one-space', each(lambda line: ' '.join(line.split())), ''),
    ('tabs-for-spaces', each(lambda line: line.replace('        ', '\t')), ''),
    ('ligatures', each(lambda line: line.replace('ffi', 'ﬃ').replace('fi', 'ﬁ').replace('fl', 'ﬂ')), ''),
    ('nul-bytes', lambda log: log.raw.replace(b'\n', b'\0\0\n\0'), ''),
    # journal and dmesg
    ('journal-json', journal_json, ''),
    ('journal-json-bytes', journal_bytes, ''),
    ('journal-json-pretty', journal_pretty, ''),
    ('journal-export', journal_export, ''),
    ('journal-verbose', journal_verbose, ''),
    ('journal-short', prefixed(lambda log, us, i: f'Jan 09 {clock(us, 0)} myhost kernel: ', True), 'time'),
    ('journal-short-precise', prefixed(lambda log, us, i: f'Jan 09 {clock(us)} myhost kernel: ', True), 'time'),
    ('journal-short-iso', prefixed(lambda log, us, i: f'{iso(us, 0, zone="+0100")} myhost kernel: ', True), 'time'),
    ('journal-short-iso-precise', prefixed(lambda log, us, i: f'{iso(us, zone="+0100")} myhost kernel: ', True), 'time'),
    ('journal-short-full', prefixed(lambda log, us, i: f'Mon {iso(us, 0, " ", "")} CET myhost kernel: ', True), 'time'),
    ('journal-short-monotonic', prefixed(lambda log, us, i: f'{stamp(us)}myhost kernel: ', True), ''),
    ('journal-short-unix', prefixed(lambda log, us, i: f'1673240123.{(us or 0) % 1000000:06} myhost kernel: ', True), 'time'),
    ('journal-with-unit', prefixed(lambda log, us, i: f'Mon {iso(us, 0, " ", "")} CET myhost init.scope[1]: ', True), 'time'),
    ('journal-cat', prefixed(lambda log, us, i: '', True), 'time'),
    ('dmesg-json', dmesg_json, ''),
    ('dmesg-x', prefixed(lambda log, us, i: 'kern  :warn  : '), ''),
    ('dmesg-T', localized('Mon', 'Jan'), 'time'),
    ('dmesg-T-de', localized('Mo', 'Jan'), 'time'),
    ('dmesg-T-fr', localized('lun.', 'janv.'), 'time'),
    ('dmesg-T-es', localized('lun', 'ene'), 'time'),
    ('dmesg-T-zh', localized('一', '1月'), 'time'),
    ('dmesg-T-ja', localized('月', ' 1月'), 'time'),
    ('dmesg-T-ru', localized('Пн', 'янв'), 'time'),
    ('dmesg-T-pl', localized('pon', 'sty'), 'time'),
    ('dmesg-d', prefixed(lambda log, us, i: f'{stamp(us)[:-2]} <    0.000060>] ' if us is not None else '', True), ''),
    ('dmesg-e', prefixed(lambda log, us, i: '[  +0.000060] ' if i else '[Jan 9 04:55] ', True), 'time'),
    ('dmesg-r', prefixed(lambda log, us, i: '<4>'), ''),
    ('dmesg-iso', prefixed(lambda log, us, i: f'{iso(us, point=",")} ', True), 'time'),
    ('dmesg-T-it', localized('lun', 'gen'), 'time'),
    ('dmesg-T-pt', localized('seg', 'jan'), 'time'),
    ('dmesg-T-ko', localized('월', ' 1월'), 'time'),
    ('dmesg-T-tr', localized('Pzt', 'Oca'), 'time'),
    ('dmesg-T-cs', localized('Po', 'led'), 'time'),
    ('dmesg-T-fi', localized('ma', 'tammi'), 'time'),
    ('dmesg-T-sv', localized('mån', 'jan'), 'time'),
    ('dmesg-T-uk', localized('пн', 'січ'), 'time'),
    ('dmesg-T-hu', localized('h', 'jan.'), 'time'),
    ('dmesg-T-el', localized('Δευ', 'Ιαν'), 'time'),
    ('dmesg-T-ar', localized('ن', 'ينا'), 'time'),
    ('dmesg-T-vi', localized('T2', 'Th1'), 'time'),
    # containers, clouds, tables
    ('docker-json', docker_json, ''),
    ('docker-nested-json', docker_nested, ''),
    ('k8s-event-json', k8s_json, ''),
    ('kubectl', prefixed(lambda log, us, i: '[pod/node-agent-x2k9/reader] '), ''),
    ('stern', prefixed(lambda log, us, i: 'node-agent-x2k9 reader '), ''),
    ('fluentd', fluentd, ''),
    ('splunk-raw', splunk, ''),
    ('json-array', json_array, ''),
    ('graylog-gelf', gelf, ''),
    ('docker-compose', prefixed(lambda log, us, i: 'web_1    | '), ''),
    ('cri', prefixed(lambda log, us, i: f'{iso(us, zone="Z")} stderr F '), ''),
    ('gcp-json', gcp, ''),
    ('gcp-json-indented', gcp_text, ''),
    ('cloudwatch', cloudwatch, ''),
    ('aws-tail', prefixed(lambda log, us, i: f'{iso(us, zone="Z")} i-0abc123/kern.log '), ''),
    ('azure-json', azure, ''),
    ('loki-json', loki, ''),
    ('elastic-json', elastic, ''),
    ('logfmt', logfmt, ''),
    ('dlt', dlt, 'time'),
    ('lava', lava, ''),
    ('csv-quoted', csv_of(csv.QUOTE_ALL), ''),
    ('csv-minimal', csv_of(csv.QUOTE_MINIMAL), ''),
    ('csv-more-columns', csv_of(csv.QUOTE_MINIMAL, after=('kern', 'warn')), ''),
    ('csv-semicolon', csv_of(csv.QUOTE_ALL, delimiter=';'), ''),
    ('tsv', tsv, ''),
    # syslog, serial lines, machines
    ('rfc3164', prefixed(lambda log, us, i: f'<4>Jan  9 {clock(us, 0)} myhost kernel: '), ''),
    ('rfc5424', prefixed(lambda log, us, i: f'<4>1 {iso(us)} myhost kernel - - - '), ''),
    ('rfc5424-data', prefixed(lambda log, us, i: f'<4>1 {iso(us)} myhost kernel 0 ID{i} [meta sequenceId="{i}"][o x="a \\] b"] '), ''),
    ('rfc5424-counted', prefixed(lambda log, us, i: f'{120 + i} <4>1 {iso(us)} myhost kernel - - - '), ''),
    ('openwrt', prefixed(lambda log, us, i: f'Mon Jan  9 {clock(us, 0)} 2023 kern.warn kernel: '), ''),
    ('busybox', prefixed(lambda log, us, i: f'Jan  9 {clock(us, 0)} myhost kern.warn kernel: '), ''),
    ('os-log', prefixed(lambda log, us, i: f'2023-01-09 {clock(us)}+0100  localhost kernel[0]: (Example) '), ''),
    ('vmware', prefixed(lambda log, us, i: f'{iso(us, 3, zone="Z")}| vcpu-{i % 4}| I005: Guest: '), ''),
    ('conserver', prefixed(lambda log, us, i: f'[2023-01-09 {clock(us, 0)}] '), ''),
    ('serial-ts', prefixed(lambda log, us, i: f'Jan 09 {clock(us, 0)} '), ''),
    ('serial-clock', prefixed(lambda log, us, i: f'[{clock(us, 3)}] '), ''),
    ('serial-clock-bare', prefixed(lambda log, us, i: f'{clock(us, 3)} '), ''),
    ('serial-epoch', prefixed(lambda log, us, i: f'[1673240123.{(us or 0) % 1000000:06}] '), 'time'),
    ('github-actions', prefixed(lambda log, us, i: f'{iso(us, 6, zone="7Z")} '), ''),
    ('jenkins', prefixed(lambda log, us, i: f'[{iso(us, 3, zone="Z")}] '), ''),
    ('gitlab', prefixed(lambda log, us, i: f'{iso(us, 6, zone="Z")} 01O '), ''),
    ('us-date', prefixed(lambda log, us, i: f'1/9/2023, {int(clock(us, 0)[:2])}:{clock(us, 0)[3:]} AM '), ''),
    # Android and vendors
    ('logcat-threadtime', prefixed(lambda log, us, i: f'01-09 {clock(us, 3)}     0     0 W kernel  : '), ''),
    ('logcat-KERNEL', prefixed(lambda log, us, i: f'01-09 {clock(us, 3)}     0     0 W KERNEL  : '), ''),
    ('logcat-year', prefixed(lambda log, us, i: f'2023-01-09 {clock(us, 3)} +0100 root     0     0 W kernel  : '), ''),
    ('logcat-epoch', prefixed(lambda log, us, i: f'1673240123.{(us or 0) % 1000:03}     0     0 W kernel  : '), ''),
    ('logcat-time', prefixed(lambda log, us, i: f'01-09 {clock(us, 3)} W/kernel  (    0): '), ''),
    ('logcat-brief', prefixed(lambda log, us, i: 'W/KERNEL  (    0): '), ''),
    ('logcat-process', prefixed(lambda log, us, i: 'W(    0) '), ''),
    ('logcat-thread', prefixed(lambda log, us, i: 'W(    0:    0) '), ''),
    ('logcat-tag', prefixed(lambda log, us, i: 'W/kernel: '), ''),
    ('logcat-long', logcat_long, ''),
    ('logcat-kernel-tags', logcat_brief, 'time comm'),
    ('kmsg', prefixed(lambda log, us, i: f'4,{1200 + i},{us or 0},-;', True), 'task'),
    ('kmsg-levels', prefixed(lambda log, us, i: '<6>'), ''),
    ('pstore', lambda log: b'Panic#1 Part1\n' + text_of(['<4>' + line for line in log.lines]), ''),
    ('ramoops', lambda log: b'====1673240123.123456-D\n' + log.raw, ''),
    ('vendor-pid-cpu', prefixed(lambda log, us, i: f'<4>[{(us or 0) // 1000000:5}.{(us or 0) % 1000000:06}s][pid:1361,cpu5,kworker/5:2]', True), 'task time'),
    ('vendor-pid-comm', prefixed(lambda log, us, i: f'[{log.pid}, insmod]'), 'task'),
    ('vendor-mediatek', prefixed(lambda log, us, i: f'<4>{stamp(us)} (1)[98:repro]', True), 'task'),
    ('vendor-samsung', prefixed(lambda log, us, i: f'<4>{stamp(us)}I[1:   kworker/1:1:   45] ', True), 'task'),
    ('vendor-unknown-1', prefixed(lambda log, us, i: f'K#{i:04}|CORE2|{(us or 0) / 1e6:.3f}|> '), ''),
    ('vendor-unknown-2', prefixed(lambda log, us, i: f'{{kern}} <dbg> @{i * 7919:08x}@ :: '), ''),
    ('vendor-unknown-3', prefixed(lambda log, us, i: f'board-{i % 3} tty{i % 2}(9600) {i} -- '), ''),
    ('vendor-unknown-4', prefixed(lambda log, us, i: f'#{(us or 0) // 1000}ms~KLOG/W~', True), 'time'),
    # numbers, quotes, chats
    ('grep-n', prefixed(lambda log, us, i: f'{i + 1}:'), ''),
    ('grep-H', prefixed(lambda log, us, i: '/var/log/kern.log:'), ''),
    ('nl', prefixed(lambda log, us, i: f'{i + 1:6}\t'), ''),
    ('less-N', prefixed(lambda log, us, i: f'{i + 1:7} '), ''),
    ('teams', prefixed(lambda log, us, i: '[9.1. 04:55] Alice Example: '), ''),
    ('jira-quote', lambda log: b'{noformat}\n' + log.raw + b'{noformat}\n', ''),
    ('grep-context', grep_context, ''),
    ('grep-file', grep_file, ''),
    ('file-line', prefixed(lambda log, us, i: f'messages:{i + 95}: '), ''),
    ('numbered', prefixed(lambda log, us, i: f'{i + 95:4}  '), ''),
    ('numbered-colon', prefixed(lambda log, us, i: f'{i + 1:03}: '), ''),
    ('cat-n', prefixed(lambda log, us, i: f'{i + 1:6}\t'), ''),
    ('diff-plus', prefixed(lambda log, us, i: '+'), ''),
    ('diff-minus', prefixed(lambda log, us, i: '-'), ''),
    ('comment', prefixed(lambda log, us, i: ' * '), ''),
    ('hash-comment', prefixed(lambda log, us, i: '# '), ''),
    ('quote-1', prefixed(lambda log, us, i: '> '), ''),
    ('quote-8', prefixed(lambda log, us, i: DEEP), ''),
    ('quote-packed', prefixed(lambda log, us, i: '>>>> '), ''),
    ('quote-bar', prefixed(lambda log, us, i: '| | '), ''),
    ('quote-name', prefixed(lambda log, us, i: 'AB> '), ''),
    ('irc', prefixed(lambda log, us, i: '04:55 < alice> '), ''),
    ('irc-log', prefixed(lambda log, us, i: f'[04:5{5 + i // 12 % 4}:{i % 60:02}] <alice> '), ''),
    ('whatsapp', prefixed(lambda log, us, i: '[09/01/2023, 04:55:23] Alice: '), ''),
    ('telegram', telegram, ''),
    ('slack', slack, ''),
    ('discord', lambda log: encode('alice — Today at 4:55 AM\n') + log.raw, ''),
    ('indented', prefixed(lambda log, us, i: '        '), ''),
    ('tabs', prefixed(lambda log, us, i: '\t\t'), ''),
    ('markdown-code', lambda log: b'It fails:\n```\n' + log.raw + b'```\nAny idea?\n', ''),
    ('markdown-table', markdown_table, ''),
    ('double-spaced', double_spaced, ''),
    # folds
    ('wrap-64', wrapped(hard, 64), ''),
    ('wrap-72', wrapped(hard, 72), ''),
    ('wrap-80', wrapped(hard, 80), ''),
    ('wrap-80-spaces', wrapped(hard, 80, trim=False), ''),
    ('wrap-100', wrapped(hard, 100), ''),
    ('wrap-120', wrapped(hard, 120), ''),
    ('wrap-80-indent', wrapped(hard, 80, indent='    '), ''),
    ('wrap-78-quoted', wrapped(hard, 76, before='> '), ''),
    ('wrap-76-bar', wrapped(hard, 74, before='| '), ''),
    ('words-64', wrapped(words, 64), ''),
    ('words-72', wrapped(words, 72), ''),
    ('words-80', wrapped(words, 80), ''),
    ('words-120', wrapped(words, 120), ''),
    ('words-80-indent', wrapped(words, 80, indent='  '), ''),
    ('words-76-quoted', wrapped(words, 74, before='> '), ''),
    ('words-72-deep', wrapped(words, 72, before=DEEP), ''),
    ('hyphen-76', wrapped(hyphenated, 76), 'any'),
    ('backslash-80', backslash, ''),
    ('flat', flat, ''),
    ('flat-syslog', flat_syslog, ''),
    ('mask-below', mask_below, ''),
    ('reserve-below', reserve_below, ''),
    ('blocks-below', blocks_below, ''),
    ('head-cut-mid-line', lambda log: log.raw[37:], 'lines'),
    ('tail-cut-mid-line', lambda log: log.raw[:-41], 'lines'),
    ('cut-80', cut(80), 'lines'),
    ('cut-120', cut(120), 'lines'),
]

# Forms that need a timestamp in each line to be recognized.
NEEDS_STAMPS = {'journal-short-monotonic', 'flat', 'flowed', 'flowed-quoted', 'wrap-64', 'wrap-72', 'wrap-80', 'wrap-80-spaces', 'wrap-100', 'wrap-120', 'wrap-80-indent',
                'wrap-78-quoted', 'wrap-76-bar', 'words-64', 'words-72', 'words-80', 'words-120', 'words-80-indent',
                'words-76-quoted', 'words-72-deep', 'hyphen-76', 'backslash-80', 'dmesg-e', 'blocks-below',
                'vendor-pid-cpu', 'vendor-mediatek', 'vendor-samsung', 'kmsg', 'logcat-kernel-tags'}


# Forms whose prefix cannot be recognized from a single line.
NEEDS_BODY = {'journal-with-unit', 'vmware', 'csv-minimal', 'csv-more-columns', 'vendor-pid-comm', 'vendor-unknown-1', 'vendor-unknown-2', 'vendor-unknown-3', 'vendor-unknown-4', 'html-table', 'docker-compose',
              'aws-tail', 'os-log', 'gitlab', 'logcat-tag', 'grep-n', 'grep-context', 'grep-file', 'file-line', 'numbered',
              'numbered-colon', 'cat-n', 'nl', 'diff-plus', 'diff-minus', 'comment', 'hash-comment', 'quote-bar', 'quote-name',
              'irc', 'irc-log', 'whatsapp', 'markdown-table', 'kubectl', 'stern', 'grep-H', 'less-N', 'teams', 'jira-quote'}

# Forms that put a line of text before the log, or may lose the first one: without a header, "Mem-Info:" has to be first.
TEXT_BEFORE = {'pstore', 'ramoops', 'telegram', 'slack', 'discord', 'jira-quote', 'markdown-code', 'csv-minimal', 'csv-more-columns', 'mime-qp',
               'mime-base64', 'base64-mail', 'yaml-block', 'logcat-long'}

# Forms that a log in another form can take, too.
ENCODINGS = {'utf8-bom', 'utf16le-bom', 'utf16be-bom', 'utf16le', 'utf16be', 'base64-mail', 'crlf', 'crcrlf', 'html-pre', 'quote-1',
             'quote-8', 'mime-base64', 'bom-middle'}

# Forms in which the same task appears to have printed every line.
ONE_PRINTER = {'vendor-pid-comm', 'vendor-pid-cpu', 'vendor-mediatek', 'vendor-samsung'}


def record(form, log, lost, data):
    sys.stdout.buffer.write(f'{form}\t{log.name}\t{lost}\t{len(data)}\n'.encode() + data)


def fits(name, log):
    """Can the form hold the log, and does it alone say where the kernel's words begin?"""
    if name in NEEDS_STAMPS and not log.stamped:
        return False
    if name in ONE_PRINTER and not log.one_printer or name in TEXT_BEFORE and b'Mem-Info:' in log.raw.split(b'\n')[0]:
        return False
    if name in ('ansi-grep', 'soft-hyphen') and b'mode:0x' not in log.raw and b'oom' not in log.raw and log.name == 'cut-header.log':
        return False
    # a line of these is a report, and what is cut off it is gone
    if name.startswith('cut-') and 'pools' in log.name:
        return False
    # the first line is what tells these apart, or has the time of two lines that are one report
    if name == 'head-cut-mid-line' and (log.stamped and b'vmap allocation' in log.raw.split(b'\n')[0] or 'no-failure' in log.name or 'no-ids' in log.name or b'SLUB' in log.raw):
        return False
    # the column is found by the words of a header, in quotes for its commas
    if name == 'csv-more-columns' and b'order:' not in log.raw and b'order=' not in log.raw:
        return False
    return not (name in NEEDS_BODY and not log.has_body or name not in ENCODINGS and log.folded)


def all_forms(logs):
    for log in logs:
        record('plain', log, '', log.raw)
        for name, form, lost in FORMS:
            if fits(name, log):
                record(name, log, lost, form(log))


def random_forms(count, seed, logs):
    for log in logs:
        # a task name that looks like a header is ambiguous if the prefix is not known
        if log.folded or not log.stamped or 'hostile' in log.name:
            continue
        rng = random.Random(f'{seed} {log.name}')
        record('plain', log, '', log.raw)
        for _ in range(count):
            name, lost, data = random_form(log, rng)
            record(f'random {name}', log, lost, data)


def main(argv):
    if argv[:1] == ['--random']:
        random_forms(int(argv[1]), argv[2], [Log(path) for path in argv[3:]])
    else:
        all_forms([Log(path) for path in argv])


if __name__ == '__main__':
    main(sys.argv[1:])
