#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Tests the flame graph (svg) and the page (html) with independent parsers and a browser.

usage: check_page.py RENDER

RENDER writes a built report.  It is parsed as XML and as HTML, the contrast of its
colours is computed, and Chromium, if installed, measures what it shows.
"""
import html.parser
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True	# the tree stays as it is

import browser
from contrast import contrast

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ("<script>alert(1)</script>", "]]>", '"},{', r"a\x1b[2J\xff", "<img src=x onerror=alert(1)>")
VOID = {"meta", "br", "wbr", "input", "link", "img", "hr"}
CONTRAST = 4.5
PHONE = 390


def check(name, problems):
    print(("not ok - " if problems else "ok - ") + name)
    for problem in list(problems)[:10]:
        print("#   " + str(problem))


def render(program, *arguments):
    return subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")


class Tags(html.parser.HTMLParser):
    """The result of an HTML parser: elements, attributes, text, and end tags without a start tag."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.names, self.attributes, self.texts, self.problems = [], [], [], [], []
        self.feed(text)
        self.close()
        self.problems += [f"<{name}> is never closed" for name in self.open]

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        self.texts.append(data)


def is_xml(text):
    try:
        ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return [error]
    return []


def fetches(tags, text):
    """Everything that would make a browser access the network."""
    found = [a for a in tags.attributes if a[1] in ("src", "srcset", "action", "data", "poster", "xlink:href")]
    found += [a for a in tags.attributes if a[1] == "href" and not a[2].startswith("#")]
    found += [n for n in tags.names if n in ("link", "img", "iframe", "object", "embed", "base", "image", "use")]
    bare = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    return found + re.findall(r"(?:https?:)?//[a-z0-9.]+\.[a-z]{2,}|url\(|@import", bare)


def foreign_script(tags):
    found = [a for a in tags.attributes if a[1].startswith("on") or "javascript:" in a[2]]
    scripts = tags.names.count("script")
    return found + ([] if scripts == 1 else [f"{scripts} script elements"])


def dangling(tags):
    ids = [value for _, name, value in tags.attributes if name == "id"]
    twice = {i for i in ids if ids.count(i) > 1}
    links = {v[1:] for _, n, v in tags.attributes if n == "href"}
    return sorted(twice) + sorted(links - set(ids))


def check_text(name, text):
    tags = Tags(text)
    check(f"{name}: an XML parser reads it", is_xml(text))
    check(f"{name}: an HTML parser finds every element closed", tags.problems)
    check(f"{name}: loads nothing from the network", fetches(tags, text))
    check(f"{name}: the only script is its own", foreign_script(tags))
    check(f"{name}: ids are unique, links lead to them", dangling(tags))
    check(f"{name}: no kernel address", re.findall(r"ffff[0-9a-f]{12}", text))
    return tags


def check_names(name, tags, wanted):
    shown = "".join(tags.texts)
    check(f"{name}: hostile names are shown as they are", [w for w in wanted if w not in shown])


# ---- the geometry of the flame graph ----

def boxes(root, namespace):
    for element in root.iter(namespace + "svg"):
        if element.get("data-n"):
            x, width = (float(element.get(key).rstrip("%")) for key in ("x", "width"))
            yield x, x + width, int(element.get("y")), int(element.get("data-n")), element


def check_flame(name, text, namespace):
    """Every box is above a box that covers its whole width, and boxes in a row do not overlap."""
    all_boxes = list(boxes(ElementTree.fromstring(text), namespace))
    bottom = max(b[2] for b in all_boxes)
    rows = sorted({b[2] for b in all_boxes})
    problems = [] if len(all_boxes) > 30 else [f"only {len(all_boxes)} boxes"]
    for left, right, y, count, element in all_boxes:
        below = [b for b in all_boxes if y < bottom and b[2] == rows[rows.index(y) + 1]]
        if y < bottom and not any(b[0] <= left + 1e-3 and b[1] >= right - 1e-3 and b[3] >= count for b in below):
            problems.append(f"{element[0].text} stands on nothing")
        if [e.tag.replace(namespace, "") for e in element] != ["title", "rect", "text"]:
            problems.append(f"{element[0].text}: a title, a box and its text are wanted")
    for y in rows:
        row = sorted(b[:2] for b in all_boxes if b[2] == y)
        problems += [f"boxes overlap at {y}" for a, b in zip(row, row[1:]) if b[0] < a[1] - 1e-3]
    check(f"{name}: boxes stand on their callers", problems)


# ---- failures over time ----

def check_chart(name, page):
    """Each bar has a name that a screen reader tells; without colours, opportunistic failures stand hollow on the hard ones."""
    css = re.search(r"<style>(.*?)</style>", page, re.S).group(1)
    chart = re.search(r'<svg class="chart".*?</svg>', page, re.S).group(0)
    problems = [] if re.search(r"\.chart rect\.soft\{fill:none;stroke:", css) else ["opportunistic bars are filled"]
    bars, hollow = list(ElementTree.fromstring(chart)), 0
    for bar in bars:
        title, *rects = bar
        tops = {rect.get("class"): int(rect.get("y")) for rect in rects}
        ends = {rect.get("class"): int(rect.get("y")) + int(rect.get("height")) for rect in rects}
        hollow += "soft" in tops
        if bar.get("role") != "img" or not re.search(r" \d+ failures?, \d+ hard$", title.text):
            problems.append(f"{title.text}: no name for a screen reader")
        if {"soft", "hard"} == set(tops) and ends["soft"] != tops["hard"]:
            problems.append(f"{title.text}: the bars overlap")
    if 'role="img"' in chart[:chart.index(">")]:
        problems.append("the chart is one image: its bars are not read")
    check(f"{name}: the chart over time without colours and without eyes", problems + ([] if bars and hollow else ["no bars"]))


# ---- declared colours ----

def schemes(css):
    """The declarations that apply in the light and in the dark scheme."""
    dark = "".join(re.findall(r"@media \(prefers-color-scheme:dark\)\{(.*?\})\s*\}", css, re.S))
    light = re.sub(r"@media \(prefers-color-scheme:dark\)\{.*?\}\s*\}", "", css, flags=re.S)
    return {"light": light, "dark": light + dark}


def variable_pairs(css):
    values = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", css))
    for text in ("text", "muted", "link"):
        for ground in ("page", "card", "inset"):
            yield text, ground, values[text], values[ground]
    for name in values:
        if name.startswith("on-"):
            yield name, name[3:], values[name], values[name[3:]]


def flame_pairs(css):
    letters = re.findall(r"\.f text\{fill:(#[0-9a-f]{6})", css)[-1]
    for name, fill in dict(re.findall(r"\.f\.([a-z0-9]+) rect\{fill:(#[0-9a-f]{6})", css)).items():
        yield "letters", name, letters, fill


def head_pairs(css):
    paper = re.findall(r"#paper\{fill:(#[0-9a-f]{6})", css)[-1]
    for name, fill in re.findall(r"#head ([.a-z]+)\{fill:(#[0-9a-f]{6})", css):
        last = [f for n, f in re.findall(r"#head ([.a-z]+)\{fill:(#[0-9a-f]{6})", css) if n == name][-1]
        yield name, "paper", last, paper


def check_colours(name, text, *sources):
    css = re.search(r"<style>(.*?)</style>", text, re.S).group(1)
    check(f"{name}: every colour is written in six digits, which the next checks read",
          re.findall(r":(?:#[0-9a-f]{3,5}|rgba?\(.*?|hsl.*?)[;}]", css))
    for scheme, rules in schemes(css).items():
        pairs = [pair for source in sources for pair in source(rules)]
        low = [f"{a} on {b}: {contrast(c, d):.2f}" for a, b, c, d in pairs if contrast(c, d) < CONTRAST]
        check(f"{name}: contrast in {scheme}, {len(pairs)} pairs declared", low if len(pairs) > 9 else ["too few"])


# ---- rendering in Chromium ----

def check_views(scheme, views):
    phone, desk, graph = views["phone"], views["desk"], views["graph"]
    wide = [f"{view}: {n} px in {views[view]['inner']}" for view in views for n in (views[view]["scroll"],)
            if n > views[view]["inner"]]
    check(f"chromium, {scheme}: {PHONE} px wide, no horizontal scroll, all parts open",
          wide + phone["outside"] + ([] if phone["inner"] == PHONE else [f"{phone['inner']} px wide"]))
    check(f"chromium, {scheme}: contrast of all texts shown ({desk['texts']})",
          phone["low"] + desk["low"] + ([] if desk["texts"] > 300 else ["too few texts"]))
    check(f"chromium, {scheme}: the scheme is used",
          [] if (desk["ground"] < 64) == (scheme == "dark") else [f"the page is {desk['ground']} bright"])
    for name, view in (("page", desk), ("graph", graph)):
        check(f"chromium, {scheme}: {name}: search counts, zoom widens, reset restores",
              [f"{k}: {view[k]}" for k, wanted in browser.FLAME_WANTED.items() if view[k] != wanted])
    check(f"chromium, {scheme}: no errors", [e for view in views.values() for e in view["errors"]])


def check_in_browser(page, graph):
    program = browser.find()
    for scheme in ("light", "dark"):
        if not program:
            print(f"skip - page in chromium, {scheme}: there is no chromium")
            continue
        try:
            check_views(scheme, browser.look(program, page, graph, scheme, PHONE))
        except (subprocess.SubprocessError, ValueError, KeyError, json.JSONDecodeError) as error:
            check(f"chromium, {scheme}", [repr(error)])


def main():
    program = sys.argv[1]
    page, graph = render(program, "html"), render(program, "svg")
    check_names("html", check_text("html", page), HOSTILE)
    check_names("svg", check_text("svg", graph), HOSTILE[:4])
    check_text("html of nothing", render(program, "html", "empty"))
    check_text("svg of nothing", render(program, "svg", "empty"))
    check("raw addresses where they were asked for",
          [n for n in ("html", "svg") if not re.search("0xffff[0-9a-f]{12}", render(program, n, "raw"))])
    check_chart("html", page)
    check_flame("html", page.replace("<!DOCTYPE html>", ""), "")
    check_flame("svg", graph, SVG)
    check_colours("html", page, variable_pairs, flame_pairs)
    check_colours("svg", graph, head_pairs, flame_pairs)
    check_in_browser(page, graph)


main()
