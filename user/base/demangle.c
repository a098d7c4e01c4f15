// SPDX-License-Identifier: GPL-2.0
/*
 * Names of Rust functions as people write them; the legacy mangling.
 */
#include "base/demangle.h"

#include "base/array.h"
#include "base/demangle_internal.h"

#define MAX_PART 100000		/* bytes of a part of a path: no symbol is that long */

static void put_text(struct aw_demangled *out, const char *text)
{
	aw_demangled_put(out, text, strlen(text));
}

/* What "$LT$" and its like stand for; `len` without the dollars. */
static const char *legacy_escape(const char *code, size_t len)
{
	static const struct { const char *code, *text; } escapes[] = {
		{ "LT", "<" }, { "GT", ">" }, { "RF", "&" }, { "BP", "*" }, { "C", "," }, { "SP", "@" },
		{ "LP", "(" }, { "RP", ")" }, { "u20", " " }, { "u27", "'" }, { "u5b", "[" }, { "u5d", "]" },
		{ "u7b", "{" }, { "u7d", "}" }, { "u3b", ";" }, { "u2b", "+" }, { "u22", "\"" }, { "u7e", "~" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(escapes); i++)
		if (strlen(escapes[i].code) == len && !memcmp(escapes[i].code, code, len))
			return escapes[i].text;
	return NULL;
}

/* One part of a legacy path, "_$LT$T$u20$as$u20$core..fmt..Debug$GT$" */
static void legacy_part(struct aw_demangled *out, const char *p, const char *end)
{
	if (end - p > 1 && p[0] == '_' && p[1] == '$')
		p++;
	while (p < end) {
		const char *close = *p == '$' ? memchr(p + 1, '$', (size_t)(end - p - 1)) : NULL;
		const char *text = close ? legacy_escape(p + 1, (size_t)(close - p - 1)) : NULL;

		if (text) {
			put_text(out, text);
			p = close + 1;
		} else if (end - p > 1 && p[0] == '.' && p[1] == '.') {
			put_text(out, "::");
			p += 2;
		} else {
			aw_demangled_put(out, p++, 1);
		}
	}
}

/* "h0123456789abcdef" */
static bool is_hash(const char *p, size_t len)
{
	if (len != 17 || *p != 'h')
		return false;
	for (size_t i = 1; i < len; i++)
		if (!strchr("0123456789abcdef", p[i]))
			return false;
	return true;
}

/* "5alloc7raw_vec11finish_grow17h0123456789abcdefE"; C++ has the same frame: what ends with a hash is Rust's. */
static enum aw_demangle_ending legacy(const char *p, const char *end, struct aw_demangled *out)
{
	for (;;) {
		size_t len = 0;

		while (p < end && *p >= '0' && *p <= '9' && len < MAX_PART)
			len = len * 10 + (size_t)(*p++ - '0');
		if (!len || len > (size_t)(end - p))
			return AW_DEMANGLE_WRONG;
		if (is_hash(p, len))
			return AW_DEMANGLE_WHOLE;
		put_text(out, out->used ? "::" : "");
		legacy_part(out, p, p + len);
		p += len;
	}
}

bool aw_demangle_rust(const char *name, size_t len, char *text, size_t size)
{
	struct aw_demangled out = { .text = text, .size = size };
	enum aw_demangle_ending ending = AW_DEMANGLE_WRONG;

	*text = '\0';
	if (len > 2 && !memcmp(name, "_R", 2))
		ending = aw_demangle_v0(name + 2, name + len, &out);
	else if (len > 3 && !memcmp(name, "_ZN", 3))
		ending = legacy(name + 3, name + len, &out);
	if (ending == AW_DEMANGLE_CUT && out.used)
		put_text(&out, "...");
	if (ending != AW_DEMANGLE_WRONG && out.used)
		return true;
	*text = '\0';
	return false;
}
