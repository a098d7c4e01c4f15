// SPDX-License-Identifier: GPL-2.0
/*
 * Parses kernel releases.
 */
#include <ctype.h>
#include <string.h>

#include "base/array.h"
#include "mm/kernel.h"

/* Parses a number; values above `max` become `max`, as the kernel clamps its SUBLEVEL. */
static bool parse_part(const char **text, uint32_t max, uint32_t *out)
{
	const char *p = *text;
	uint32_t value = 0;

	if (!isdigit((unsigned char)*p))
		return false;
	for (; isdigit((unsigned char)*p); p++)
		if (value < max)
			value = value * 10 + (uint32_t)(*p - '0');
	*text = p;
	*out = value < max ? value : max;
	return true;
}

/* The suffix of a distribution starts with one of these characters; "6.1GiB" is not a release. */
static bool ends_number(char ch)
{
	return !ch || strchr(".-+_~", ch) || isspace((unsigned char)ch);
}

/* 6.1.0-51-arm64, 4.4, 3.18.31-perf-g1a2b3c, 6.18-rc3, 6.12.17+deb13 */
uint32_t aw_version_parse(const char *release)
{
	uint32_t a, b, c = 0;

	if (!release || !parse_part(&release, 255, &a) || !a || *release++ != '.')
		return 0;
	if (!parse_part(&release, 255, &b) || !ends_number(*release))
		return 0;
	if (*release == '.') {
		release++;
		if (parse_part(&release, 65535, &c) && !ends_number(*release))
			return 0;
	}
	return AW_VERSION(a, b, c);
}

/* The release after `word` in `build`; 0: there is none, or it is of another series. */
static uint32_t named_behind(const char *build, const char *word, uint32_t version)
{
	const char *text = strstr(build, word);
	uint32_t named = text ? aw_version_parse(text + strlen(word)) : 0;

	return named >> 16 == version >> 16 ? named : 0;
}

/* How distributions name the stable release that their kernel is based on. */
static const char *const named_by[] = {
	"Debian ",	/* uname -v: #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-09-30) */
	"-generic ",	/* /proc/version_signature: Ubuntu 5.15.0-91.101-generic 5.15.131 */
	"-lowlatency ", "-aws ", "-azure ", "-gcp ", "-oracle ", "-kvm ", "-raspi ",
};

bool aw_version_is_rebuilt(const char *release)
{
	const char *el = strstr(release, ".el");

	return (el && isdigit((unsigned char)el[3])) || strstr(release, "-default") || strstr(release, "vzkernel");
}

/* "6.1.0", "6.18-rc3", "6.12.17+deb13" have the upstream number; "6.1.0-51", "5.15.0-91-generic" only the series. */
static bool carries_stable_number(const char *release, uint32_t version)
{
	const char *p = release;
	unsigned int dots = 0;

	if (version & 0xffff)
		return true;
	while (isdigit((unsigned char)*p) || *p == '.')
		dots += *p++ == '.';
	return *p != '-' || !isdigit((unsigned char)p[1]) || dots < 2;
}

uint32_t aw_version_upstream(const char *release, const char *build, bool *exact)
{
	uint32_t version = aw_version_parse(release);

	*exact = version && !aw_version_is_rebuilt(release) && carries_stable_number(release, version);
	for (size_t i = 0; version && build && i < ARRAY_SIZE(named_by); i++) {
		uint32_t named = named_behind(build, named_by[i], version);

		if (!named)
			continue;
		*exact = true;
		return named;
	}
	return version;
}
