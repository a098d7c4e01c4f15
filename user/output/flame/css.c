// SPDX-License-Identifier: GPL-2.0
/*
 * The style sheet for the boxes of a flame graph.
 *
 * It uses plain values and no variables, because SVG viewers other than
 * browsers do not support these.  tests/export/check_page.py computes the
 * contrast between every fill and the text on it.
 */
#include "output/flame/draw.h"

const char aw_flame_css[] =
	".f text{fill:#1b1813;font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;"
	"pointer-events:none}\n"
	".f rect{rx:2px;width:max(100% - 1px,1px)}\n"
	".f.r rect{fill:#e4dfd3}\n"
	".f.k rect{fill:#f3b56b}\n"
	".f.a rect{fill:#d6d1c4}\n"
	".f.m rect{fill:#c9b79c}\n"
	".f.u rect{fill:#dcdcdc}\n"
	".f.m0 rect{fill:#86c5e3}\n"
	".f.m1 rect{fill:#a3d39c}\n"
	".f.m2 rect{fill:#cab3ee}\n"
	".f.m3 rect{fill:#f3a7bf}\n"
	".f.m4 rect{fill:#e2d067}\n"
	".f.m5 rect{fill:#7dcfc4}\n"
	".f.up rect{fill:#ece8df}\n"
	".f.hit rect{fill:#f37be0}\n"
	".f{cursor:pointer;outline:none}\n"
	".f:hover rect,.f:focus rect{stroke:#1b1813;stroke-width:2px}\n"
	".f.n text{display:none}\n"
	"@media (prefers-color-scheme:dark){\n"
	".f text{fill:#f6f2ea}\n"
	".f.r rect{fill:#3d3a35}\n"
	".f.k rect{fill:#7f4a19}\n"
	".f.a rect{fill:#4c4a44}\n"
	".f.m rect{fill:#5c4f3c}\n"
	".f.u rect{fill:#454545}\n"
	".f.m0 rect{fill:#1d5877}\n"
	".f.m1 rect{fill:#2d6437}\n"
	".f.m2 rect{fill:#5a478b}\n"
	".f.m3 rect{fill:#7d3453}\n"
	".f.m4 rect{fill:#645910}\n"
	".f.m5 rect{fill:#17625a}\n"
	".f.up rect{fill:#35322d}\n"
	".f.hit rect{fill:#a3219a}\n"
	".f:hover rect,.f:focus rect{stroke:#f6f2ea}\n"
	"}\n";
