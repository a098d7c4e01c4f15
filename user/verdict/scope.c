// SPDX-License-Identifier: GPL-2.0
/*
 * The effective mask against the caller's: current_gfp_context() takes flags
 * away in a task's memalloc_noio and memalloc_nofs scopes.  What suspend takes
 * (pm_restrict_gfp_mask()) is not visible in a request.
 */
#include "verdict/internal.h"

void aw_verdict_tell_scope(const struct aw_case *request, struct aw_verdict *verdict)
{
	const struct aw_task *task = &request->event->task;
	const struct aw_gfp *gfp = &request->failure->gfp;
	struct aw_sentence sentence;

	aw_sentence_start(&sentence, verdict->scope_text, sizeof(verdict->scope_text));
	if (!(task->known & AW_TASK_KNOWS_FLAGS) || task->context > AW_IN_TASK ||
	    !aw_gfp_may_direct_reclaim(gfp))
		return;
	if (task->memalloc_noio && !aw_gfp_has(gfp, AW_GFP_IO))
		aw_sentence_add(
			&sentence,
			"the task is in a memalloc_noio scope, which takes __GFP_IO and __GFP_FS away "
			"whatever the caller asks with");
	else if (task->memalloc_nofs && !aw_gfp_has(gfp, AW_GFP_FS))
		aw_sentence_add(&sentence,
				"the task is in a memalloc_nofs scope, which takes __GFP_FS away "
				"whatever the caller asks with");
}
