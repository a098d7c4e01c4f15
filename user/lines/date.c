// SPDX-License-Identifier: GPL-2.0
/*
 * Dates as loggers write them in front of a kernel line.
 */
#include "lines/date.h"

#include "base/array.h"

#define LONGEST 32	/* bytes from a date's first digit to its time */

struct date {
	int year, month, day;	/* year 0: none */
	int hour, min, sec;
	int us;
};

/*
 * Months as `dmesg -T` and `journalctl` print them in the languages of their
 * users (strftime's %b); a longer one before one that it begins with.
 */
static const char *const months[12] = {
	"tammi janv Jan ene gen \u044f\u043d\u0432 \u0441\u0456\u0447 sty led Oca",
	"helmi f\u00e9vr f\u00e9v Feb fev \u0444\u0435\u0432 \u043b\u044e\u0442 lut \u00fano \u015eub",
	"maalis M\u00e4r Mrz mrt mars Mar \u043c\u0430\u0440 \u0431\u0435\u0440 b\u0159e",
	"huhti Apr avr abr \u0430\u043f\u0440 \u043a\u0432\u0456 kwi dub Nis",
	"touko May Mai mag maj mei \u043c\u0430\u0439 \u043c\u0430\u044f \u0442\u0440\u0430 kv\u011b",
	"kes\u00e4 juin Jun giu \u0438\u044e\u043d \u0447\u0435\u0440 cze \u010den Haz",
	"hein\u00e4 juil Jul lug \u0438\u044e\u043b \u043b\u0438\u043f lip \u010dec Tem",
	"elo ao\u00fbt Aug ago \u0430\u0432\u0433 \u0441\u0435\u0440 sie srp A\u011fu",
	"syys sept Sep set \u0441\u0435\u043d \u0432\u0435\u0440 wrz z\u00e1\u0159 Eyl",
	"loka Oct Okt ott out \u043e\u043a\u0442 \u0436\u043e\u0432 pa\u017a \u0159\u00edj Eki",
	"marras Nov \u043d\u043e\u044f \u043b\u0438\u0441 lis Kas",
	"joulu Dec Dez d\u00e9c dic des \u0434\u0435\u043a \u0433\u0440\u0443 gru pro Ara",
};

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

/* " AM", " pm" */
static void half_of_day(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;
	char half;

	aw_text_spaces(&s);
	half = aw_text_at(&s, 0) | 0x20;
	if ((half != 'a' && half != 'p') || (aw_text_at(&s, 1) | 0x20) != 'm' || aw_is_word(aw_text_at(&s, 2)))
		return;
	d->hour = d->hour % 12 + (half == 'p' ? 12 : 0);
	t->p = s.p + 2;
}

/* "04:55:23.878", "04:55", "4:55:23 AM" */
static bool clock_time(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	if (!number(&s, 1, 2, &d->hour) || !aw_text_skip_char(&s, ':') || !number(&s, 2, 2, &d->min))
		return false;
	if (aw_text_skip_char(&s, ':') && !number(&s, 2, 2, &d->sec))
		return false;
	fraction(&s, &d->us);
	if (d->hour > 23 || d->min > 59 || d->sec > 60)
		return false;
	half_of_day(&s, d);
	*t = s;
	return true;
}

bool aw_log_clock(struct aw_text *t)
{
	struct date d = { 0 };

	return aw_is_digit(aw_text_at(t, 1)) && clock_time(t, &d);
}

/* "Z", "+0100", "+01:00", " UTC" */
static void zone(struct aw_text *t)
{
	int ignored;

	if (aw_text_skip_char(t, 'Z') || aw_text_skip(t, " UTC") || aw_text_skip(t, " GMT"))
		return;
	if (aw_text_at(t, 0) == ' ' && (aw_text_at(t, 1) == '+' || aw_text_at(t, 1) == '-') && aw_is_digit(aw_text_at(t, 2)) &&
	    aw_is_digit(aw_text_at(t, 5)))
		t->p++;
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

/* "2023-01-09T04:55:23,878904+01:00", "2023-01-09 04:55:23.878", "2023/01/09 04:55:23" */
static bool iso(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;
	char sign;

	if (!number(&s, 4, 4, &d->year))
		return false;
	sign = aw_text_at(&s, 0);
	if ((sign != '-' && sign != '/') || !aw_text_skip_char(&s, sign) || !number(&s, 2, 2, &d->month) ||
	    !aw_text_skip_char(&s, sign) || !number(&s, 2, 2, &d->day))
		return false;
	if (!aw_text_skip_char(&s, 'T') && !aw_text_skip_char(&s, '_') && !aw_text_spaces(&s))
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

/* "09.01.2023 04:55:23", "1/9/23, 4:55:23 AM": which is the day is the sign's habit, unless only one can be */
static bool numeric(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;
	char sign;
	int first, second;

	if (!number(&s, 1, 2, &first))
		return false;
	sign = aw_text_at(&s, 0);
	if ((sign != '.' && sign != '/') || !aw_text_skip_char(&s, sign) || !number(&s, 1, 2, &second) ||
	    !aw_text_skip_char(&s, sign) || !number(&s, 2, 4, &d->year))
		return false;
	aw_text_skip_char(&s, ',');
	if (!aw_text_spaces(&s) || !clock_time(&s, d))
		return false;
	d->day = (sign == '.' && second <= 12) || first > 12 ? first : second;
	d->month = d->day == first ? second : first;
	d->year += d->year < 100 ? 2000 : 0;
	if (!day_ok(d))
		return false;
	*t = s;
	return true;
}

static bool is_letter(char c)
{
	return aw_is_alpha(c) || (unsigned char)c >= 0x80;
}

/* Equal but for the case of ASCII letters. */
static bool same_letters(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (a[i] != b[i] && !(aw_is_alpha(a[i]) && aw_is_alpha(b[i]) && (a[i] | 0x20) == (b[i] | 0x20)))
			return false;
	return true;
}

/* One of the names in the list, which are separated by spaces, and letters behind it. */
static bool named(struct aw_text *t, const char *list)
{
	while (*list) {
		size_t len = strcspn(list, " ");

		if (aw_text_left(t) >= len && same_letters(t->p, list, len)) {
			for (t->p += len; t->p < t->end && is_letter(*t->p);)
				t->p++;
			aw_text_skip_char(t, '.');
			return true;
		}
		list += len + (list[len] == ' ');
	}
	return false;
}

/* East Asian months are numbers: "1\u6708", "12\uc6d4" */
static int month_number(struct aw_text *t)
{
	struct aw_text s = *t;
	int month;

	if (!number(&s, 1, 2, &month) || month < 1 || month > 12 ||
	    (!aw_text_skip(&s, "\u6708") && !aw_text_skip(&s, "\uc6d4")))
		return 0;
	*t = s;
	return month;
}

static int month_name(struct aw_text *t)
{
	if (!is_letter(aw_text_at(t, 0)))
		return month_number(t);
	for (int i = 0; i < 12; i++)
		if (named(t, months[i]))
			return i + 1;
	return 0;
}

/* "Jan  9", "9. Jan", "Jan 9, 2023,", "09/Jan/2023:" */
static bool month_and_day(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	d->month = month_name(&s);
	if (d->month) {
		if (!aw_text_spaces(&s) || !number(&s, 1, 2, &d->day))
			return false;
	} else {
		if (!number(&s, 1, 2, &d->day))
			return false;
		if (!aw_text_skip_char(&s, '/') && !aw_text_skip_char(&s, '.') && !aw_is_space(aw_text_at(&s, 0)))
			return false;
		aw_text_spaces(&s);
		d->month = month_name(&s);
	}
	*t = s;
	return d->month && !aw_is_digit(aw_text_at(t, 0));
}

static void year_behind(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	if (aw_text_spaces(&s) && number(&s, 4, 4, &d->year) && !aw_is_digit(aw_text_at(&s, 0)))
		*t = s;
	else
		d->year = 0;
}

/* Between the day and the time: " ", ", 2023 ", "/2023:" */
static bool year_between(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	aw_text_skip_char(&s, ',');
	if (!aw_text_skip_char(&s, '/') && !aw_text_spaces(&s))
		return false;
	*t = s;
	if (number(&s, 4, 4, &d->year) && (aw_text_skip_char(&s, ':') || aw_text_skip_char(&s, ',') || aw_is_space(aw_text_at(&s, 0)))) {
		aw_text_spaces(&s);
		*t = s;
	} else {
		d->year = 0;
	}
	return true;
}

/* syslog, dmesg -T: "Jan  9 04:55:23", "Jan 09 04:55:23.12", "Jan  9 04:55:23 2023", "9. Jan 2023 04:55:23" */
static bool syslog(struct aw_text *t, struct date *d)
{
	struct aw_text s = *t;

	if (!month_and_day(&s, d) || !year_between(&s, d) || !clock_time(&s, d) || !day_ok(d))
		return false;
	if (!d->year)
		year_behind(&s, d);
	*t = s;
	return true;
}

/* A word before the date, in any language: "Mon ", "lun. ", "Mo, "; false: none. */
static bool weekday(struct aw_text *t)
{
	struct aw_text s = *t;

	while (s.p < s.end && is_letter(*s.p) && s.p - t->p < 20)
		s.p++;
	if (s.p == t->p)
		return false;
	aw_text_skip_char(&s, '.');
	aw_text_skip_char(&s, ',');
	if (!aw_text_spaces(&s))
		return false;
	*t = s;
	return true;
}

static bool any_form(struct aw_text *t, struct date *d)
{
	static bool (*const forms[])(struct aw_text *, struct date *) = { iso, logcat, numeric, syslog };

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		*d = (struct date){ 0 };
		if (forms[i](t, d))
			return true;
	}
	return false;
}

static bool skip_letters(struct aw_text *t)
{
	const char *start = t->p;

	while (t->p < t->end && is_letter(*t->p))
		t->p++;
	if (t->p == start)
		return false;
	aw_text_skip_char(t, '.');
	aw_text_skip_char(t, ',');
	return aw_text_spaces(t) > 0;
}

/* "4:5" soon: every form has a time of day. */
static bool has_clock(struct aw_text t)
{
	if (aw_text_left(&t) > LONGEST)
		t.end = t.p + LONGEST;
	while ((t.p = memchr(t.p, ':', aw_text_left(&t)))) {
		if (aw_is_digit(t.p[-1]) && aw_is_digit(aw_text_at(&t, 1)))
			return true;
		t.p++;
	}
	return false;
}

/* A digit, or one or two words before one: most lines that are asked about have neither. */
static bool may_begin(struct aw_text t)
{
	if (!aw_is_digit(aw_text_at(&t, 0)) && skip_letters(&t) && !aw_is_digit(aw_text_at(&t, 0)))
		skip_letters(&t);
	return aw_is_digit(aw_text_at(&t, 0)) && has_clock(t);
}

bool aw_log_date(struct aw_text *t, int64_t *us, bool *has_year)
{
	struct aw_text s = *t;
	struct date d;

	if (!may_begin(s))
		return false;
	if (!any_form(&s, &d) && !(weekday(&s) && any_form(&s, &d)))
		return false;
	*us = date_us(&d);
	*has_year = d.year != 0;
	*t = s;
	return true;
}
