#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
# Fills in the Helm chart where there is no helm, with as much of Go's templates as the chart uses, and checks the result.
#
# usage: tests/host/chart.py                      the checks
#        tests/host/chart.py --print KEY=VALUE... what the chart gives with these values
#        tests/host/chart.py --helm               the same as helm's own, where there is a helm
import json
import os
import re
import subprocess
import sys

import yaml

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
CHART = os.path.join(TOP, "packaging/helm/allocwatch")
FUNCTIONS = {
    "toYaml": lambda value: re.sub(r"\n(\.\.\.\n)?$", "", yaml.safe_dump(value)),
    "nindent": lambda n, text: "".join("\n" + " " * n + line for line in text.split("\n")),
    "quote": lambda value: json.dumps(str(value)),
    "default": lambda other, value: value or other,
}


def value_of(word, dot, scope):
    if word.startswith("`"):
        return word[1:-1]
    if word.isdigit():
        return int(word)
    if word == ".":
        return dot
    for key in word[1:].split("."):
        scope = scope[key]
    return scope


def pipeline(text, dot, scope):
    value = []
    for part in re.findall(r"(?:`[^`]*`|[^|])+", text):
        words = re.findall(r"`[^`]*`|\S+", part)
        function = FUNCTIONS.get(words[0])
        arguments = [value_of(word, dot, scope) for word in words[1 if function else 0:]] + value
        value = [function(*arguments) if function else arguments[0]]
    return value[0]


def words_of(text):
    """The text and the actions of a template in turn; a minus takes the blanks before or after."""
    parts = re.split(r"\{\{((?:`[^`]*`|.)*?)\}\}", text, flags=re.S)
    for at in range(1, len(parts), 2):
        if parts[at].startswith("- "):
            parts[at - 1] = parts[at - 1].rstrip()
        if parts[at].endswith(" -"):
            parts[at + 1] = parts[at + 1].lstrip()
        parts[at] = parts[at].strip("- ")
    return parts


def fill_in(parts, at, dot, scope, used):
    """(text, position of the `else` or `end` that closes this part); nothing of it is evaluated where it is not used."""
    text = ""
    while at < len(parts):
        if at % 2 == 0:
            text += parts[at]
            at += 1
            continue
        word, _, rest = parts[at].partition(" ")
        if word in ("else", "end"):
            return text, at
        if word in ("if", "range"):
            value = pipeline(rest, dot, scope) if used else None
            dots = value if word == "range" and value else [dot]
            for one in dots:
                part, after = fill_in(parts, at + 1, one, scope, bool(used and value))
                text += part if value else ""
            if parts[after] == "else":
                part, after = fill_in(parts, after + 1, dot, scope, used and not value)
                text += part if not value else ""
            at = after + 1
        else:
            text += str(pipeline(parts[at], dot, scope)) if used else ""
            at += 1
    return text, at


# A plain chart, and one with all of it.
FULL = {"serviceMonitor.enabled": True, "serviceMonitor.labels": {"release": "prometheus"}, "prometheusRule.enabled": True,
        "prometheusRule.hardPerHour": 5, "extraArgs": ["--filter", "order>=2"], "extraCapabilities": ["SYS_ADMIN"]}


def chart(settings):
    """The documents that the chart gives."""
    with open(CHART + "/values.yaml") as file:
        values = yaml.safe_load(file)
    for key, value in settings.items():
        *path, last = key.split(".")
        part = values
        for name in path:
            part = part[name]
        assert last in part, "there is no value %s" % key
        part[last] = value
    with open(CHART + "/Chart.yaml") as file:
        about = yaml.safe_load(file)
    scope = {"Values": values, "Release": {"Name": "aw", "Namespace": "monitoring"},
             "Chart": {"AppVersion": about["appVersion"], "Name": about["name"]}}
    documents = []
    for name in sorted(os.listdir(CHART + "/templates")):
        with open(CHART + "/templates/" + name) as file:
            text, _ = fill_in(words_of(file.read()), 0, scope, scope, True)
        documents += [one for one in yaml.safe_load_all(text) if one]
    return {one["kind"]: one for one in documents}


def same(name, expected, got):
    print("%sok - %s" % ("" if expected == got else "not ", name))
    if expected != got:
        print("#   expected: %r\n#   got: %r" % (expected, got))


def pod_of(daemonset):
    return daemonset["spec"]["template"]["spec"]


def main():
    plain = chart({})
    same("chart: as it is, a DaemonSet alone", ["DaemonSet"], list(plain))
    with open(TOP + "/packaging/kubernetes/daemonset.yaml") as file:
        other = next(one for one in yaml.safe_load_all(file) if one["kind"] == "DaemonSet")
    for key in "hostPID", "volumes", "automountServiceAccountToken", "priorityClassName", "nodeSelector", "tolerations":
        same("chart: the same pod as packaging/kubernetes: %s" % key, pod_of(other)[key], pod_of(plain["DaemonSet"])[key])
    for key in "image", "args", "resources", "securityContext", "volumeMounts":
        same("chart: the same container: %s" % key, pod_of(other)["containers"][0][key],
             pod_of(plain["DaemonSet"])["containers"][0][key])

    full = chart(FULL)
    same("chart: with all of it", ["DaemonSet", "PrometheusRule", "Service", "ServiceMonitor"], sorted(full))
    watcher, exporter = pod_of(full["DaemonSet"])["containers"]
    same("chart: more arguments come last", ["--filter", "order>=2"], watcher["args"][-2:])
    same("chart: a capability more", pod_of(plain["DaemonSet"])["containers"][0]["securityContext"]["capabilities"]["add"] +
         ["SYS_ADMIN"], watcher["securityContext"]["capabilities"]["add"])
    same("chart: the exporter reads where the watcher writes", watcher["volumeMounts"][0]["mountPath"],
         next(a for a in exporter["args"] if "textfile.directory" in a).split("=")[1])
    same("chart: ... which is memory of the pod", "emptyDir",
         next(k for v in pod_of(full["DaemonSet"])["volumes"] if v["name"] == "metrics" for k in v if k != "name"))
    labels = full["DaemonSet"]["spec"]["template"]["metadata"]["labels"]
    same("chart: the service finds the pods", labels, full["Service"]["spec"]["selector"])
    same("chart: ... by the port of the exporter", exporter["ports"][0]["name"], full["Service"]["spec"]["ports"][0]["targetPort"])
    same("chart: the monitor finds the service", full["Service"]["metadata"]["labels"],
         full["ServiceMonitor"]["spec"]["selector"]["matchLabels"])
    same("chart: ... by its port", full["Service"]["spec"]["ports"][0]["name"],
         full["ServiceMonitor"]["spec"]["endpoints"][0]["port"])
    same("chart: ... and the operator finds the monitor", {"release": "prometheus"}, full["ServiceMonitor"]["metadata"]["labels"])
    rule = full["PrometheusRule"]["spec"]["groups"][0]["rules"][0]
    same("chart: the alert has its limit, and Prometheus' own braces", (True, True),
         (rule["expr"].endswith(" > 5"), "{{ $labels.instance }}" in rule["annotations"]["summary"]))


def check_helm():
    """What stands in for helm gives what helm gives."""
    for name, settings in ("as it is", {}), ("with all of it", FULL):
        flags = [word for key, value in settings.items() for word in ("--set-json", "%s=%s" % (key, json.dumps(value)))]
        done = subprocess.run(["helm", "template", "aw", CHART, "--namespace", "monitoring", *flags], capture_output=True, text=True)
        same("chart: helm template fills it in, %s" % name, (0, ""), (done.returncode, done.stderr))
        theirs = {one["kind"]: one for one in yaml.safe_load_all(done.stdout) if one}
        same("chart: the same documents as helm's, %s" % name, chart(settings), theirs)


if sys.argv[1:2] == ["--helm"]:
    check_helm()
elif sys.argv[1:2] == ["--print"]:
    pairs = [argument.split("=", 1) for argument in sys.argv[2:]]
    print(yaml.safe_dump_all(chart({key: yaml.safe_load(value) for key, value in pairs}).values()))
else:
    main()
