// SPDX-License-Identifier: GPL-2.0
/*
 * Makes the input of all output formats from a session.
 */
#include "session/report.h"

#include <stddef.h>

void aw_session_report_make(const struct aw_session *session, unsigned int width,
			    struct aw_session_report *out)
{
	struct aw_source *source = session->source;
	const struct aw_recorded *recorded = aw_source_recorded(source);

	out->report = (struct aw_report){
		.kernel = source->ops->kernel(source),
		.summary = session->summary,
		.source = recorded ? recorded->source : source->ops->name,
		.degraded = recorded ? "" : session->choice.degraded,
		.start_ns = recorded ? recorded->start_ns : session->start_ns,
		.end_ns = aw_session_end(session),
		.sort = session->options->sort ? session->options->sort : "worst",
		.top = session->options->top,
		.width = width,
		.damage = recorded ? recorded->damage ? recorded->damage : "" : NULL,
		.cut = recorded && recorded->cut,
		.losses_ns = recorded ? recorded->losses_ns : 0,
		.raw_addresses = recorded && recorded->raw_addresses,
		.nr_missing = source->ops->missing(source, out->missing),
		.missing = out->missing,
		.nr_losses = aw_session_losses(session, out->losses),
		.losses = out->losses,
	};
}
