// SPDX-License-Identifier: GPL-2.0
/*
 * Android's low memory killers: the driver of kernels up to 4.9, and lmkd,
 * which took its place.
 */
#include "klog/lmk.h"

/* "file cache is below 322560kB": what lmkd says of why, behind "reason: " */
static void reason(struct aw_text t, struct aw_klog_report *r)
{
	if (aw_text_skip_past(&t, "reason: "))
		aw_text_copy(r->lmk_reason, sizeof(r->lmk_reason), t.p, aw_text_left(&t));
}

/* "cache 73104kB is below limit 73728kB for oom_score_adj 529" */
static bool limit(struct aw_text t, struct aw_klog_report *r)
{
	uint64_t cache, most;

	if (!aw_text_skip_past(&t, "cache ") || !aw_text_u64(&t, &cache) || !aw_text_skip(&t, "kB is below limit ") ||
	    !aw_text_u64(&t, &most) || !aw_text_starts(&t, "kB"))
		return false;
	r->lmk_cache_kb = cache;
	r->lmk_limit_kb = most;
	return true;
}

/*
 * ProcessList.CACHED_APP_MIN_ADJ of Android: 9 as oom_adj, 529 as oom_score_adj (9 * 1000 / 17), 900 from Android 7 on,
 * of which the driver does not tell.
 */
static bool is_in_use(struct aw_text t, uint64_t least)
{
	uint64_t adj;

	return aw_text_skip_past(&t, "adj ") && aw_text_u64(&t, &adj) && adj < least;
}

static enum aw_klog_match kill(struct aw_klog_report *r, enum aw_low_memory_killer who, uint64_t pid)
{
	if (pid > INT32_MAX)
		return AW_KLOG_NO;
	r->type = AW_KLOG_OOM;
	r->kill_alone = r->one_line = true;
	r->lmk = who;
	r->victim_pid = (int64_t)pid;
	return AW_KLOG_YES;
}

/* "send sigkill to 1442 (com.exam.app), adj 15, size 4120" of the driver of 2.6.27 to 3.9 */
static enum aw_klog_match old_driver(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text name;
	uint64_t pid;

	if (!aw_text_skip_past(&t, "send sigkill to ") || !aw_text_u64(&t, &pid) || !aw_text_skip(&t, " ("))
		return AW_KLOG_NO;
	name = t;
	if (!aw_text_skip_past(&t, "), adj "))
		return AW_KLOG_NO;
	r->lmk_in_use = is_in_use((struct aw_text){ t.p - strlen("adj "), t.end }, 9);
	aw_text_copy(r->victim_comm, sizeof(r->victim_comm), name.p, (size_t)(t.p - strlen("), adj ") - name.p));
	return kill(r, AW_LMK_DRIVER, pid);
}

/* ", uid 10112" behind the pid: only lmkd prints it */
static bool names_uid(struct aw_text t)
{
	if (!aw_text_skip_char(&t, ','))
		return false;
	aw_text_spaces(&t);
	return aw_text_starts(&t, "uid ");
}

/*
 * "Killing 'ample.launcher' (2310), adj 529," of the driver from 3.10 on, "... (2310) (tgid 2310), adj 529,"
 * "Kill 'com.example.photos' (8812), uid 10112, oom_score_adj 905 to free 92180kB rss, 14120kB swap; reason: ..." of lmkd
 * "Killing 'com.example.mail' (8100), uid 10090, adj 850" of older lmkd
 */
enum aw_klog_match aw_klog_lmk(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text name, s = t;
	uint64_t pid;
	bool uid;

	if (aw_text_find(&t, "send sigkill to "))
		return old_driver(t, r);
	if (!aw_text_skip_past(&s, "Killing '") && (s = t, !aw_text_skip_past(&s, "Kill '")))
		return AW_KLOG_NO;
	name = s;
	if (!aw_text_skip_past(&s, "' ("))
		return AW_KLOG_NO;
	name.end = s.p - strlen("' (");
	if (!aw_text_u64(&s, &pid) || !aw_text_skip_char(&s, ')') || !aw_text_find(&s, "adj "))
		return AW_KLOG_NO;
	uid = names_uid(s);
	aw_text_copy(r->victim_comm, sizeof(r->victim_comm), name.p, aw_text_left(&name));
	r->lmk_in_use = is_in_use(s, uid ? 900 : 529);
	reason(s, r);
	limit(s, r);
	return kill(r, uid ? AW_LMK_DAEMON : AW_LMK_DRIVER, pid);
}

bool aw_klog_lmk_more(struct aw_text t, struct aw_klog_report *r)
{
	if (!r->lmk)
		return false;
	return limit(t, r) || aw_text_starts(&t, "to free ") || (aw_text_starts(&t, "Free memory is ") && aw_text_find(&t, "reserved"));
}
