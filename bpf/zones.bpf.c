// SPDX-License-Identifier: GPL-2.0
/*
 * Zone snapshots, taken in the context of the failing request.
 *
 * The addresses of the zones are found at start: next_zone() gets each of them
 * in turn while /proc/meminfo is read.  Without BTF there are no snapshots.
 */

#ifndef AW_NO_BTF

static __always_inline void aw_name_of_zone(struct zone *zone, struct aw_bpf_zone_name *out)
{
	struct pglist_data *node = BPF_CORE_READ(zone, zone_pgdat);
	const char *name = BPF_CORE_READ(zone, name);

	out->node = BPF_CORE_READ(node, node_id);
	out->index = ((__u64)zone - (__u64)node - bpf_core_field_offset(struct pglist_data, node_zones)) /
		     bpf_core_type_size(struct zone);
	bpf_probe_read_kernel_str(out->name, sizeof(out->name), name);
}

static __always_inline void aw_know_zone(__u64 zone)
{
	for (int i = 0; i < AW_WIRE_ZONES; i++) {
		if (known_zones.zone[i] == zone)
			return;
		if (known_zones.zone[i])
			continue;
		aw_name_of_zone((struct zone *)zone, &known_zones.name[i]);
		known_zones.zone[i] = zone;
		known_zones.count = i + 1;
		return;
	}
}

/* One of these two is attached while user space reads /proc/meminfo. */
SEC("?kprobe/next_zone")
int find_zones(struct pt_regs *ctx)
{
	aw_know_zone(PT_REGS_PARM1(ctx));
	return 0;
}

SEC("?fentry/next_zone")
int find_zones_fentry(__u64 *ctx)
{
	__u64 zone = 0;

	/* Read as a scalar: the verifier does not allow the typed pointer to be stored. */
	bpf_probe_read_kernel(&zone, sizeof(zone), ctx);
	aw_know_zone(zone);
	return 0;
}

#define AW_STATS 16	/* counters of a zone that are read: the first; kernels have 11 to 13 */

/*
 * Pieces of a zone that are read at once, as each read costs more than what it copies.  One after the other: a program
 * and what it calls have 512 bytes.
 */
union aw_piece {
	__s64 stat[AW_STATS];
	__u64 head[16];		/* struct zone from its watermarks on */
};

/* `bytes`: of zone::free_area[], for which the record has room. */
static __always_inline void aw_read_area(struct zone *zone, struct aw_wire_area *area, __u32 bytes)
{
	void *address = (void *)zone + bpf_core_field_offset(struct zone, free_area);

	if (!bytes || bpf_probe_read_kernel(area->words, bytes, address))
		return;
	area->size = AW_WIRE_AREA_SIZE + bytes;
	area->stride = bpf_core_type_size(struct free_area);
	area->nr_free_at = bpf_core_field_offset(struct free_area, nr_free);
	area->address = (__u64)address;
}

static __always_inline void aw_read_stats(struct zone *zone, union aw_piece *piece)
{
	__u32 size = bpf_core_field_size(zone->vm_stat);

	if (size > sizeof(piece->stat))
		size = sizeof(piece->stat);
	bpf_probe_read_kernel(piece->stat, size, (void *)zone + bpf_core_field_offset(struct zone, vm_stat));
}

/* `item` is known to the verifier, and one of those that were read. */
static __always_inline __u64 aw_stat(const union aw_piece *stats, __u64 item)
{
	__s64 value = stats->stat[item & (AW_STATS - 1)];

	return value & ~(value >> 63);	/* per-cpu differences can make it negative; without a branch, which would be two states */
}

#define AW_HAS_STAT(item) \
	(bpf_core_enum_value_exists(enum zone_stat_item, item) && bpf_core_enum_value(enum zone_stat_item, item) < AW_STATS)
#define AW_STAT(stats, item) aw_stat(stats, bpf_core_enum_value(enum zone_stat_item, item))

/*
 * Fields that not every kernel has: nr_free_highatomic (6.13, "mm: account free
 * highatomic"), watermark_boost (5.0, 1c30844d2dfe).
 */
struct zone___new {
	unsigned long _watermark[3];
	unsigned long nr_free_highatomic;
} __attribute__((preserve_access_index));

static __always_inline void aw_fill_zone_pages(const union aw_piece *stats, struct aw_wire_snapshot *snapshot)
{
	snapshot->free = AW_STAT(stats, NR_FREE_PAGES);
	if (AW_HAS_STAT(NR_FREE_CMA_PAGES)) {
		snapshot->free_cma = AW_STAT(stats, NR_FREE_CMA_PAGES);
		snapshot->known |= AW_ZONE_CMA;
	}
}

/*
 * Pages that compaction can move, and those of them that reclaim has to write first; counted by zone since 4.8, before
 * that by other names.
 */
static __always_inline void aw_fill_lru(const union aw_piece *stats, struct aw_wire_snapshot *snapshot)
{
	if (!AW_HAS_STAT(NR_ZONE_UNEVICTABLE))
		return;
	snapshot->lru_anon = AW_STAT(stats, NR_ZONE_INACTIVE_ANON) + AW_STAT(stats, NR_ZONE_ACTIVE_ANON);
	snapshot->lru_file = AW_STAT(stats, NR_ZONE_INACTIVE_FILE) + AW_STAT(stats, NR_ZONE_ACTIVE_FILE);
	snapshot->unevictable = AW_STAT(stats, NR_ZONE_UNEVICTABLE);
	snapshot->known |= AW_ZONE_LRU;
	if (!AW_HAS_STAT(NR_ZONE_WRITE_PENDING))
		return;
	snapshot->write_pending = AW_STAT(stats, NR_ZONE_WRITE_PENDING);
	snapshot->known |= AW_ZONE_PENDING;
}

#define AW_HUGE_STATS 6		/* NR_SHMEM_THPS to NR_ANON_THPS */

/* Transparent huge pages are on the LRU lists as well, and compaction passes over them. */
static __always_inline void aw_fill_huge(struct zone *zone, union aw_piece *piece, struct aw_wire_snapshot *snapshot)
{
	/* the inverse of what aw_name_of_zone() does */
	void *node = (void *)zone - snapshot->index * bpf_core_type_size(struct zone) - bpf_core_field_offset(struct pglist_data, node_zones);
	__u32 first, last;

	if (!bpf_core_enum_value_exists(enum node_stat_item, NR_SHMEM_THPS) ||
	    !bpf_core_enum_value_exists(enum node_stat_item, NR_ANON_THPS))
		return;
	first = bpf_core_enum_value(enum node_stat_item, NR_SHMEM_THPS);
	last = bpf_core_enum_value(enum node_stat_item, NR_ANON_THPS) - first;
	if (last >= AW_HUGE_STATS ||
	    bpf_probe_read_kernel(piece->stat, AW_HUGE_STATS * sizeof(piece->stat[0]),
				  node + bpf_core_field_offset(struct pglist_data, vm_stat) + first * sizeof(piece->stat[0])))
		return;
	snapshot->huge = aw_stat(piece, 0) + aw_stat(piece, last);
	if (bpf_core_enum_value_exists(enum node_stat_item, NR_FILE_THPS))
		snapshot->huge += aw_stat(piece, bpf_core_enum_value(enum node_stat_item, NR_FILE_THPS) - first);
	snapshot->known |= AW_ZONE_HUGE;
}

/* Watermarks and what stands after them in struct zone of every kernel so far; a field that does not is read by itself. */
#define AW_HEAD_AT(zone, field) (bpf_core_field_offset((zone)->field) - bpf_core_field_offset((zone)->_watermark))
#define AW_IN_HEAD(zone, field) (AW_HEAD_AT(zone, field) + bpf_core_field_size((zone)->field) <= sizeof(piece->head))
#define AW_OF_HEAD(zone, field) \
	(AW_IN_HEAD(zone, field) ? *(__u64 *)((void *)piece->head + AW_HEAD_AT(zone, field)) : BPF_CORE_READ(zone, field))

static __always_inline void aw_fill_reserves(struct zone *zone, const union aw_piece *piece, struct aw_wire_snapshot *snapshot)
{
	__u32 size = bpf_core_field_size(zone->lowmem_reserve);

	if (!AW_IN_HEAD(zone, lowmem_reserve)) {
		if (size > sizeof(snapshot->lowmem_reserve))
			size = sizeof(snapshot->lowmem_reserve);
		bpf_probe_read_kernel(snapshot->lowmem_reserve, size,
				      (void *)zone + bpf_core_field_offset(struct zone, lowmem_reserve));
		return;
	}
	for (__u32 i = 0; i < AW_WIRE_RESERVES; i++)
		if (i < size / sizeof(__u64))
			snapshot->lowmem_reserve[i] = *(__s64 *)((void *)&piece->head[i] + AW_HEAD_AT(zone, lowmem_reserve));
}

static __always_inline void aw_fill_head(struct zone *zone, union aw_piece *piece, struct aw_wire_snapshot *snapshot)
{
	struct zone___new *newer = (void *)zone;

	if (bpf_probe_read_kernel(piece->head, sizeof(piece->head), (void *)zone + bpf_core_field_offset(struct zone, _watermark)))
		return;
	snapshot->wmark_min = piece->head[0];
	snapshot->wmark_low = piece->head[1];
	snapshot->wmark_high = piece->head[2];
	if (bpf_core_field_exists(zone->watermark_boost)) {
		snapshot->wmark_boost = AW_OF_HEAD(zone, watermark_boost);
		snapshot->known |= AW_ZONE_BOOST;
	}
	if (bpf_core_field_exists(zone->nr_reserved_highatomic)) {
		snapshot->reserved_highatomic = AW_OF_HEAD(zone, nr_reserved_highatomic);
		snapshot->known |= AW_ZONE_HIGHATOMIC;
	}
	if (bpf_core_field_exists(newer->nr_free_highatomic)) {
		snapshot->free_highatomic = AW_OF_HEAD(newer, nr_free_highatomic);
		snapshot->known |= AW_ZONE_FREE_HIGHATOMIC;
	}
	aw_fill_reserves(zone, piece, snapshot);
}

static __always_inline void aw_fill_zone(struct zone *zone, struct aw_wire_snapshot *snapshot)
{
	union aw_piece piece;

	aw_read_stats(zone, &piece);
	aw_fill_zone_pages(&piece, snapshot);
	aw_fill_lru(&piece, snapshot);
	aw_fill_huge(zone, &piece, snapshot);
	aw_fill_head(zone, &piece, snapshot);
}

/*
 * Sends a snapshot of one zone, unless it has no pages.  Returns whether it has.
 *
 * This and what follows are not inlined, so that the verifier looks at them once, and not once for each way that leads here.
 */
__attribute__((noinline)) int aw_send_zone(__u64 address, __u64 id, __u32 number, __u64 now)
{
	struct zone *zone = (struct zone *)address;
	struct aw_bpf_zone_name *name = &known_zones.name[(number - 1) % AW_WIRE_ZONES];
	__u64 managed = BPF_CORE_READ(zone, managed_pages.counter);
	__u32 bytes = bpf_core_field_size(zone->free_area);
	struct aw_wire_zone *record;

	if (!managed) {
		known_zones.empty[(number - 1) % AW_WIRE_ZONES] = now / 1000000000;
		return 0;
	}
	if (bytes > sizeof(record->area.words))
		bytes = 0;
	record = aw_record_begin_zeroed(AW_WIRE_ZONE_SIZE + bytes, AW_WIRE_ZONE_SIZE, AW_WIRE_ZONE, now, AW_LOST_RING_OTHER);
	if (!record)
		return 1;
	aw_wire_size_zone(record);
	record->head.id = id;
	record->snapshot.managed = managed;
	record->snapshot.number = number;
	record->snapshot.node = name->node;
	record->snapshot.index = name->index;
	__builtin_memcpy(record->snapshot.name, name->name, sizeof(name->name));
	aw_fill_zone(zone, &record->snapshot);
	aw_read_area(zone, &record->area, bytes);
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);	/* its failure follows */
	return 1;
}

/*
 * Returns how many zones have pages, also if there was no room for one, so that user space notices that it is missing.
 * Of a node's four zones most are empty on most machines; to see that takes 110 instructions.  Memory that is added to such
 * a zone (hotplug, by pieces of 128 MiB and more) is seen from the next second on.
 */
__attribute__((noinline)) int aw_send_zones(__u64 id, __u64 now)
{
	__u64 second = now / 1000000000;
	int populated = 0;

	for (int i = 0; i < AW_WIRE_ZONES && known_zones.zone[i]; i++)
		if (known_zones.empty[i] != second)
			populated += aw_send_zone(known_zones.zone[i], id, i + 1, now);
	return populated;
}

static __always_inline int aw_zones_allowed(__u64 now, struct aw_call_site *site)
{
	if (site && !aw_within(&site->zones, now, aw_config.zones_per_site))
		return 0;
	return aw_within(&budget.zones, now, aw_config.zones_per_second);
}

static __always_inline void aw_take_zones(struct aw_request *request, struct aw_call_site *site)
{
	__u64 now, id;

	if (!aw_config.zones_per_second || !known_zones.count)
		return;
	if (!aw_zones_allowed(request->now_ns, site)) {
		request->zones_flags |= AW_SEEN_ZONES_BUDGET;
		aw_lost(AW_LOST_ZONES_BUDGET);
		return;
	}
	now = bpf_ktime_get_ns();
	id = now << 8 | (bpf_get_smp_processor_id() & 0xff);
	request->now_ns = now;
	if (request->warn_ns)
		request->warn_ns = now;
	request->zones_id = id;
	request->nr_zones = aw_send_zones(id, now);
}

#else

static __always_inline void aw_take_zones(struct aw_request *request, struct aw_call_site *site)
{
}

#endif
