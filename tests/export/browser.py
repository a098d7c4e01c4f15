# SPDX-License-Identifier: GPL-2.0
"""Runs a headless Chromium, and measures what it shows.

A headless window is at least 500 pixels wide, so the views are frames in a page.
A script in each view measures it and tells the results to the page, which stores
them in its title, and --dump-dom prints that.
"""
import html
import json
import os
import re
import shutil
import subprocess
import tempfile

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")
SCHEMES = {"dark": 0, "light": 1}	# blink's preferredColorScheme

# The results expected from the flame graph of the built report.
FLAME_WANTED = {
    "found": "74 of 159 failures (46.5 %) pass through ioctx_alloc",
    "hits": 1, "zoomed": "100%", "hidden": True, "restored": True, "cleared": 0,
}

MEASURE = """
var view = { errors: [], low: [], outside: [], texts: 0 };
function luminance(c) {
	var p = c.map(function (v) { v /= 255; return v > 0.03928 ? Math.pow((v + 0.055) / 1.055, 2.4) : v / 12.92; });
	return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
}
function colour(text) { return (text.match(/[0-9.]+/g) || [0, 0, 0, 0]).map(Number); }
function ground(el) {
	for (; el; el = el.parentElement) {
		var c = colour(getComputedStyle(el).backgroundColor);
		if (c.length === 3 || c[3] === 1) return c.slice(0, 3);
	}
	return [255, 255, 255];
}
function measure_texts() {
	var walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), node;
	while ((node = walker.nextNode())) {
		var el = node.parentElement;
		if (!node.textContent.trim() || el.closest('svg,script') || !el.getClientRects().length) continue;
		var a = luminance(colour(getComputedStyle(el).color)), b = luminance(ground(el));
		var ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		view.texts++;
		if (!(ratio >= 4.5)) view.low.push(node.textContent.trim() + ': ' + ratio.toFixed(2));
		if (el.getBoundingClientRect().right > innerWidth + 0.5) view.outside.push(node.textContent.trim());
	}
}
function box(name) {
	return [].filter.call(document.querySelectorAll('#flame svg.f'), function (el) {
		return el.querySelector('title').textContent.indexOf(name + ': ') === 0;
	})[0];
}
function touch(query) {
	var field = document.getElementById('flame-query');
	if (field) {
		field.value = query;
		field.dispatchEvent(new Event('input'));
	} else {
		window.prompt = function () { return query; };
		document.getElementById('flame-search').dispatchEvent(new MouseEvent('click'));
	}
}
function try_flame() {
	var site = box('ioctx_alloc'), width = site.getAttribute('width');
	touch('ioctx_alloc');
	view.found = document.getElementById('flame-status').textContent;
	view.hits = document.querySelectorAll('.hit').length;
	touch('');
	view.cleared = document.querySelectorAll('.hit').length;
	site.dispatchEvent(new MouseEvent('click'));
	view.zoomed = site.getAttribute('width');
	view.hidden = box('pipe_resize_ring').style.display === 'none';
	document.getElementById('flame-reset').dispatchEvent(new MouseEvent('click'));
	view.restored = Math.abs(parseFloat(site.getAttribute('width')) - parseFloat(width)) < 0.001;
}
window.addEventListener('load', function () {
	try {
		document.querySelectorAll('details').forEach(function (d) { d.open = true; });
		try_flame();
		if (document.body) {
			measure_texts();
			view.ground = ground(document.body)[0];
		}
		view.inner = innerWidth;
		view.scroll = document.documentElement.scrollWidth;
	} catch (e) { view.errors.push(String(e)); }
	parent.postMessage({ name: NAME, view: view }, '*');
});
window.addEventListener('error', function (e) { view.errors.push(e.message); });
"""

AROUND = """<!DOCTYPE html><title>nothing</title><script>
var views = {};
addEventListener('message', function (e) {
	views[e.data.name] = e.data.view;
	if (Object.keys(views).length === 3) document.title = JSON.stringify(views);
});
</script>"""


def find():
    return next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None)


def put(directory, name, text, end):
    """A view with the script that measures it, and the frame that shows it."""
    script = f"<script><![CDATA[\nvar NAME = '{name}';\n{MEASURE}]]></script>"
    if end == "</body>":
        script = script.replace("<![CDATA[", "").replace("]]>", "")
    before, after = text.rsplit(end, 1)
    file = name + (".html" if end == "</body>" else ".svg")
    with open(os.path.join(directory, file), "w", encoding="utf-8") as out:
        out.write(before + script + end + after)
    return file


def look(program, page, graph, scheme, phone):
    """The measurements of each view ("phone", "desk", "graph"), from one run."""
    with tempfile.TemporaryDirectory() as directory:
        frames = [(put(directory, "phone", page, "</body>"), phone),
                  (put(directory, "desk", page, "</body>"), 1280),
                  (put(directory, "graph", graph, "</svg>"), 1280)]
        around = AROUND + "".join(f'<iframe src="{file}" width="{width}" height="900" style="border:0"></iframe>'
                                  for file, width in frames)
        with open(os.path.join(directory, "around.html"), "w", encoding="utf-8") as out:
            out.write(around)
        result = subprocess.run(
            [program, *FLAGS, f"--user-data-dir={directory}/profile", "--window-size=1400,1000",
             f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}", "--virtual-time-budget=20000",
             "--dump-dom", f"file://{directory}/around.html"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120, check=True)
    title = re.search(r"<title>(.*?)</title>", result.stdout.decode("utf-8"), re.S).group(1)
    return json.loads(html.unescape(title))
