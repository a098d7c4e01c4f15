# SPDX-License-Identifier: GPL-2.0
"""Logs that have lines as entries: journals, containers, clouds, tables, Android."""
import csv
import io
import json
import re

from log import BASE, clock, each, encode, iso, prefixed, stamp, text_of


# ---- journal and dmesg ----

def journal_fields(us, text):
    fields = {'__CURSOR': f's=2a;i={us};b=77', '__REALTIME_TIMESTAMP': str(int(BASE * 1e6) + us),
              '__MONOTONIC_TIMESTAMP': str(us + 40), '_BOOT_ID': '77', '_TRANSPORT': 'kernel', 'PRIORITY': '4',
              'SYSLOG_IDENTIFIER': 'kernel', 'SYSLOG_FACILITY': '0', 'MESSAGE': text,
              '_SOURCE_MONOTONIC_TIMESTAMP': str(us), '_HOSTNAME': 'myhost'}
    return fields


def journal_json(log):
    return text_of([json.dumps(journal_fields(us or 0, text)) for us, text in log.said])


def journal_bytes(log):
    """The journal writes messages with unprintable bytes as a list of bytes."""
    return text_of([json.dumps({**journal_fields(us or 0, ''), 'MESSAGE': list(encode(text))}, separators=(',', ':'))
                    for us, text in log.said])


def journal_pretty(log):
    out = []
    for us, text in log.said:
        fields = journal_fields(us or 0, text)
        out.append('{\n' + ',\n'.join(f'\t{json.dumps(k)} : {json.dumps(v)}' for k, v in fields.items()) + '\n}')
    return text_of(out)


def journal_export(log):
    return b''.join(b''.join(encode(f'{k}={v}\n') for k, v in journal_fields(us or 0, text).items()) + b'\n'
                    for us, text in log.said)


def journal_verbose(log):
    out = []
    for us, text in log.said:
        out.append(f'Mon {iso(us, t=" ", zone="")} CET [s=2a;i=1f;b=77;m=1;t=5;x=6]')
        out += [f'    {k}={v}' for k, v in journal_fields(us or 0, text).items() if not k.startswith('__')]
    return text_of(out)


def dmesg_json(log):
    entries = ',\n'.join('      {\n         "pri": 4,\n         "time": %11.6f,\n         "msg": %s\n      }' %
                         ((us or 0) / 1e6, json.dumps(text)) for us, text in log.said)
    return encode('{\n   "dmesg": [\n' + entries + '\n   ]\n}\n')


def localized(day, month):
    return prefixed(lambda log, us, i: f'[{day} {month}  9 {clock(us, 0)} 2023] ', strip=True)


# ---- containers, clouds ----

def docker_json(log):
    return text_of([json.dumps({'log': line + '\n', 'stream': 'stderr', 'time': iso(us, zone='Z')})
                    for (us, _), line in zip(log.said, log.lines)])


def docker_nested(log):
    return text_of([json.dumps({'log': json.dumps({'msg': line, 'level': 'warn'}) + '\n', 'stream': 'stderr'})
                    for line in log.lines])


def k8s_json(log):
    return text_of([json.dumps({'ts': iso(us, zone='Z'), 'level': 'warn', 'logger': 'kernel-monitor', 'msg': line})
                    for (us, _), line in zip(log.said, log.lines)])


def fluentd(log):
    return text_of([f'{iso(us, 9 - 3, " ", " +0000")} kernel.warn: ' + json.dumps({'message': line, 'host': 'h1'})
                    for (us, _), line in zip(log.said, log.lines)])


def splunk(log):
    return text_of([json.dumps({'preview': False, 'offset': i, 'result': {'_raw': line, '_time': iso(us)}})
                    for i, ((us, _), line) in enumerate(zip(log.said, log.lines))])


def json_array(log):
    return encode(json.dumps(log.lines, indent=4) + '\n')


def gelf(log):
    return text_of([json.dumps({'version': '1.1', 'host': 'h', 'short_message': line, 'level': 4, 'timestamp': 1673240123.5})
                    for line in log.lines])


def gcp(log):
    return text_of([json.dumps({'insertId': 'x1', 'jsonPayload': {'MESSAGE': line, 'PRIORITY': '4'},
                                'timestamp': iso(us, zone='Z'), 'logName': 'projects/p/logs/kernel'})
                    for (us, _), line in zip(log.said, log.lines)])


def gcp_text(log):
    return encode(json.dumps([{'textPayload': line, 'insertId': 'a', 'timestamp': iso(us, zone='Z')}
                              for (us, _), line in zip(log.said, log.lines)], indent=2) + '\n')


def cloudwatch(log):
    return encode(json.dumps({'events': [{'timestamp': 1673240123000 + (us or 0) // 1000, 'message': line,
                                          'ingestionTime': 1673240124000}
                                         for (us, _), line in zip(log.said, log.lines)], 'nextForwardToken': 'f/1'}) + '\n')


def azure(log):
    return text_of([json.dumps({'TimeGenerated': iso(us, zone='Z'), 'Computer': 'vm1', 'Facility': 'kern',
                                'SyslogMessage': line}) for (us, _), line in zip(log.said, log.lines)])


def loki(log):
    values = [[str(1673240123000000000 + (us or 0) * 1000), line] for (us, _), line in zip(log.said, log.lines)]
    return encode(json.dumps({'status': 'success', 'data': {'resultType': 'streams', 'result': [
        {'stream': {'job': 'kernel', 'host': 'my host'}, 'values': values}]}}) + '\n')


def elastic(log):
    return encode(json.dumps({'hits': {'total': 3, 'hits': [
        {'_index': 'a', '_id': str(i), '_source': {'@timestamp': iso(us, zone='Z'), 'host': {'name': 'my host'},
                                                   'message': line}}
        for i, ((us, _), line) in enumerate(zip(log.said, log.lines))]}}) + '\n')


def logfmt(log):
    return text_of([f'ts={iso(us, zone="Z")} level=warn msg={json.dumps(line)}'
                    for (us, _), line in zip(log.said, log.lines)])


def dlt(log):
    return text_of([f'{i} 2023/01/09 {clock(us)} 1951492 {i % 256:03} ECU1 SYS JOUR 1234 log warn verbose 1 [kernel: {line}]'
                    for i, ((us, _), line) in enumerate(zip(log.said, log.lines))])


def lava(log):
    return text_of([f"- {{dt: '{iso(us, 3, zone='')}', lvl: target, msg: " + (json.dumps(line) if i % 2 else "'" + line.replace("'", "''") + "'") + '}'
                    for i, ((us, _), line) in enumerate(zip(log.said, log.lines))])


def csv_of(quoting, delimiter=',', after=()):
    def form(log):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator='\n')
        writer.writerow(['time', 'host', 'message'] + ['x' for _ in after])
        for (us, _), line in zip(log.said, log.lines):
            writer.writerow([iso(us, zone='Z'), 'my-host', line] + list(after))
        return encode(out.getvalue())
    return form


def tsv(log):
    return text_of([f'{iso(us, zone="Z")}\tmy-host\t{line}\twarn' for (us, _), line in zip(log.said, log.lines)])


# ---- logcat ----

def logcat_long(log):
    return text_of([f'[ 01-09 {clock(us, 3)}     0:    0 W/kernel   ]\n{line}\n'
                    for (us, _), line in zip(log.said, log.lines)])


def logcat_brief(log):
    out = []
    for _, text in log.said:
        m = re.match(r'^([^:(]{1,16}): (.*)$', text)
        out.append(f'W/{m[1]:<8}(    0): {m[2]}' if m and not text.startswith('Node') else f'I/        (    0): {text}')
    return text_of(out)


# ---- chats, quotes, numbers ----

def telegram(log):
    return text_of(['Alice, [09.01.23 04:55]'] + log.lines + ['', 'Bob, [09.01.23 04:56]', 'oh'])


def slack(log):
    return text_of(['alice  4:55 AM'] + ['```'] + log.lines + ['```', 'bob  4:56 AM', 'oh'])


def grep_context(log):
    return text_of([f'{i}{":" if "page allocation" in line else "-"}{line}' for i, line in enumerate(log.lines, 2045)])


def grep_file(log):
    return text_of([f'var/log/kern.log.1{":" if "alloc" in line else "-"}{i}{":" if "alloc" in line else "-"}{line}'
                    for i, line in enumerate(log.lines, 97)])


def markdown_table(log):
    return text_of([f'| {i} | {line} |' for i, line in enumerate(log.lines, 1)])


def double_spaced(log):
    return encode('\n\n'.join(log.lines) + '\n')
