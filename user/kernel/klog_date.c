// SPDX-License-Identifier: GPL-2.0
/*
 * Dates as loggers write them in front of a kernel line.
 */
#include "kernel/klog_date.h"

struct date {
	int year, month, day;	/* year 0: none */
	int hour, min, sec;
	int us;
};

static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char weekdays[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

/* Days from 1970-01-01, after Howard Hinnant's days_from_civil. */
static int64_t days_from_civil(int64_t y, int m, int d)
{
	int64_t era, yoe, doy;

	y -= m <= 2;
	era = y / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static int64_t date_us(const struct date *d)
{
	int64_t days = days_from_civil(d->year ? d->year : 2000, d->month, d->day);

	return (((days * 24 + d->hour) * 60 + d->min) * 60 + d->sec) * 1000000 + d->us;
}

static bool number(struct aw_text *t, int min_digits, int max_digits, int *out)
{
	struct aw_text s = *t;
	int value = 0, n = 0;

	for (; n < max_digits && aw_is_digit(aw_text_at(&s, 0)); n++)
		value = value * 10 + (*s.p++ - '0');
	if (n < min_digits)
		return false;
	*out = value;
	*t = s;
	return true;
}

/* ".878", ",878904" */
static void fraction(struct aw_text *t, int *us)
{
	int scale = 100000;

	if ((aw_text_at(t, 0) != '.' && aw_text_at(t, 0) != ',') || !aw_is_digit(aw_text_at(t, 1)))
		return;
	for (t->p++; t->p < t->end && aw_is_digit(*t->p); t->p++) {
		*us += (*t->p - '0') * scale;
		scale /= 10;
	}
}

/* "04:55:23.878", "04:55" */
static bool clock_time(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	if (!number(&s, 2, 2, &d->hour) || !aw_text_skip_char(&s, ':') || !number(&s, 2, 2, &d->min))
		return false;
	if (aw_text_skip_char(&s, ':') && !number(&s, 2, 2, &d->sec))
		return false;
	fraction(&s, &d->us);
	if (d->hour > 23 || d->min > 59 || d->sec > 60)
		return false;
	*t = s;
	return true;
}

/* "Z", "+0100", "+01:00" */
static void zone(struct aw_text *t)
{
	int ignored;

	if (aw_text_skip_char(t, 'Z'))
		return;
	if (aw_text_at(t, 0) != '+' && aw_text_at(t, 0) != '-')
		return;
	t->p++;
	if (number(t, 2, 2, &ignored) && aw_text_skip_char(t, ':'))
		number(t, 2, 2, &ignored);
	else
		number(t, 2, 2, &ignored);
}

static bool day_ok(const struct date *d)
{
	return d->month >= 1 && d->month <= 12 && d->day >= 1 && d->day <= 31;
}

/* "2023-01-09T04:55:23,878904+01:00", "2023-01-09 04:55:23.878" */
static bool iso(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	if (!number(&s, 4, 4, &d->year) || !aw_text_skip_char(&s, '-') ||
	    !number(&s, 2, 2, &d->month) || !aw_text_skip_char(&s, '-') ||
	    !number(&s, 2, 2, &d->day))
		return false;
	if (!aw_text_skip_char(&s, 'T') && !aw_text_skip_char(&s, ' '))
		return false;
	if (!clock_time(&s, d) || !day_ok(d))
		return false;
	zone(&s);
	*t = s;
	return true;
}

/* Android: "01-09 04:55:23.878" */
static bool logcat(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	if (!number(&s, 2, 2, &d->month) || !aw_text_skip_char(&s, '-') ||
	    !number(&s, 2, 2, &d->day) || !aw_text_skip_char(&s, ' '))
		return false;
	if (!clock_time(&s, d) || !day_ok(d))
		return false;
	*t = s;
	return true;
}

static int month_name(struct aw_text *t)
{
	for (int i = 0; i < 12; i++)
		if (aw_text_skip(t, months[i]))
			return i + 1;
	return 0;
}

static void year_behind(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	if (aw_text_spaces(&s) && number(&s, 4, 4, &d->year) && !aw_is_digit(aw_text_at(&s, 0)))
		*t = s;
	else
		d->year = 0;
}

/* syslog, dmesg -T: "Jan  9 04:55:23", "Jan 09 04:55:23.12", "Jan  9 04:55:23 2023" */
static bool syslog(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	d->month = month_name(&s);
	if (!d->month || !aw_text_spaces(&s) || !number(&s, 1, 2, &d->day))
		return false;
	if (!aw_text_spaces(&s) || !clock_time(&s, d) || !day_ok(d))
		return false;
	year_behind(&s, d);
	*t = s;
	return true;
}

static void weekday(struct aw_text *t)
{
	struct aw_text s = *t;

	for (size_t i = 0; i < sizeof(weekdays) / sizeof(weekdays[0]); i++)
		if (aw_text_skip(&s, weekdays[i])) {
			aw_text_skip_char(&s, ',');
			if (aw_text_spaces(&s))
				*t = s;
			return;
		}
}

bool aw_klog_date(struct aw_text *t, int64_t *us, bool *has_year)
{
	static bool (*const forms[])(struct aw_text *, struct date *) = { iso, logcat, syslog };
	struct aw_text s = *t;

	weekday(&s);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct date d = { 0 };

		if (!forms[i](&s, &d))
			continue;
		*us = date_us(&d);
		*has_year = d.year != 0;
		*t = s;
		return true;
	}
	return false;
}
