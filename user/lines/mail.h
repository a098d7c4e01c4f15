/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The bodies of mails: quoted-printable and base64 (RFC 2045).
 */
#ifndef AW_LINES_MAIL_H
#define AW_LINES_MAIL_H

#include <stdbool.h>

#include "lines/out.h"

#define AW_LOG_MAIL_JOINED 4096	/* bytes of the longest line put together from soft line breaks */

/* Words that a line has where an encoded body may follow, for a search. */
extern const char *const aw_log_mail_words[4];

enum aw_log_mail_part {
	AW_LOG_MAIL_NONE,
	AW_LOG_MAIL_HEADER,		/* its header said base64; a blank line ends it */
	AW_LOG_MAIL_BASE64
};

struct aw_log_mail {
	enum aw_log_mail_part part;
	unsigned int header_lines;
	int quoted;		/* quoted-printable: 2 as a header says, 1 as lines before showed, -1 not, 0 not known */
	uint32_t bits;		/* of base64, less than 24 */
	unsigned int nr_bits;
	size_t len;		/* of a line that goes on behind soft breaks */
	char line[AW_LOG_MAIL_JOINED];
};

/* Is the line part of a base64 body or of the header before it?  Writes what it decodes to. */
bool aw_mail_base64(struct aw_log_mail *mail, const char *text, size_t len, struct aw_log_out *out);

/*
 * Is the line quoted-printable?  Then *text and *len are set to what it says,
 * together with the lines before it that ended in a soft break; *len 0 with
 * *text NULL: it ends in one itself.  The text is valid until the next call.
 */
bool aw_log_mail_quoted(struct aw_log_mail *mail, const char **text, size_t *len);

#endif
