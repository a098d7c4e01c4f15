// SPDX-License-Identifier: GPL-2.0
/*
 * Zone snapshots, taken in the context of the failing request.
 *
 * The addresses of the zones are found at start: next_zone() gets each of them
 * in turn while /proc/meminfo is read.  Without BTF there are no snapshots.
 */

#ifndef AW_NO_BTF

static __always_inline void aw_know_zone(__u64 zone)
{
	for (int i = 0; i < AW_WIRE_ZONES; i++) {
		if (known_zones.zone[i] == zone)
			return;
		if (known_zones.zone[i])
			continue;
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

/* Free blocks of every order, and the migratetypes that have one: an empty list points to itself. */
static __always_inline void aw_fill_free_area(struct zone *zone, struct aw_wire_snapshot *snapshot)
{
	const __u32 area_size = bpf_core_type_size(struct free_area);
	const __u32 lists = bpf_core_field_offset(struct free_area, nr_free) / sizeof(struct list_head);
	const __u32 orders = bpf_core_field_size(zone->free_area) / area_size;
	__u64 area = (__u64)zone + bpf_core_field_offset(struct zone, free_area);

	snapshot->nr_orders = orders;
	for (__u32 order = 0; order < AW_WIRE_ORDERS && order < orders; order++, area += area_size) {
		struct {
			struct list_head list[8];
		} heads;
		__u64 count = 0;
		__u32 types = 0;

		bpf_probe_read_kernel(&count, sizeof(count), (void *)(area + lists * sizeof(struct list_head)));
		bpf_probe_read_kernel(&heads, sizeof(heads), (void *)area);
		for (__u32 type = 0; type < 8; type++)
			if (type < lists &&
			    (__u64)heads.list[type].next != area + type * sizeof(struct list_head))
				types |= 1u << type;
		snapshot->nr_free[order] = count;
		snapshot->types[order] = types;
	}
	snapshot->known |= AW_ZONE_TYPES;
}

static __always_inline __u64 aw_zone_stat(struct zone *zone, __u32 item)
{
	__u64 address = (__u64)zone + bpf_core_field_offset(struct zone, vm_stat) + item * sizeof(long);
	long value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), (void *)address);
	return value < 0 ? 0 : value;	/* per-cpu differences can make it negative */
}

/*
 * Fields that not every kernel has: nr_free_highatomic (6.13, "mm: account free
 * highatomic"), watermark_boost (5.0, 1c30844d2dfe).
 */
struct zone___new {
	unsigned long nr_free_highatomic;
} __attribute__((preserve_access_index));

static __always_inline void aw_fill_zone_pages(struct zone *zone, struct aw_wire_snapshot *snapshot)
{
	struct zone___new *newer = (void *)zone;

	snapshot->managed = BPF_CORE_READ(zone, managed_pages.counter);
	snapshot->free = aw_zone_stat(zone, bpf_core_enum_value(enum zone_stat_item, NR_FREE_PAGES));
	if (bpf_core_enum_value_exists(enum zone_stat_item, NR_FREE_CMA_PAGES)) {
		snapshot->free_cma = aw_zone_stat(zone, bpf_core_enum_value(enum zone_stat_item, NR_FREE_CMA_PAGES));
		snapshot->known |= AW_ZONE_CMA;
	}
	if (bpf_core_field_exists(zone->nr_reserved_highatomic)) {
		snapshot->reserved_highatomic = BPF_CORE_READ(zone, nr_reserved_highatomic);
		snapshot->known |= AW_ZONE_HIGHATOMIC;
	}
	if (bpf_core_field_exists(newer->nr_free_highatomic)) {
		snapshot->free_highatomic = BPF_CORE_READ(newer, nr_free_highatomic);
		snapshot->known |= AW_ZONE_FREE_HIGHATOMIC;
	}
}

#define AW_STAT(zone, item) aw_zone_stat(zone, bpf_core_enum_value(enum zone_stat_item, item))

/* Pages that compaction can move; counted by zone since 4.8, before that by other names. */
static __always_inline void aw_fill_lru(struct zone *zone, struct aw_wire_snapshot *snapshot)
{
	if (!bpf_core_enum_value_exists(enum zone_stat_item, NR_ZONE_INACTIVE_ANON))
		return;
	snapshot->lru_anon = AW_STAT(zone, NR_ZONE_INACTIVE_ANON) + AW_STAT(zone, NR_ZONE_ACTIVE_ANON);
	snapshot->lru_file = AW_STAT(zone, NR_ZONE_INACTIVE_FILE) + AW_STAT(zone, NR_ZONE_ACTIVE_FILE);
	snapshot->unevictable = AW_STAT(zone, NR_ZONE_UNEVICTABLE);
	snapshot->known |= AW_ZONE_LRU;
}

static __always_inline void aw_fill_watermarks(struct zone *zone, struct aw_wire_snapshot *snapshot)
{
	__u32 reserves = bpf_core_field_size(zone->lowmem_reserve);

	snapshot->wmark_min = BPF_CORE_READ(zone, _watermark[0]);
	snapshot->wmark_low = BPF_CORE_READ(zone, _watermark[1]);
	snapshot->wmark_high = BPF_CORE_READ(zone, _watermark[2]);
	if (bpf_core_field_exists(zone->watermark_boost)) {
		snapshot->wmark_boost = BPF_CORE_READ(zone, watermark_boost);
		snapshot->known |= AW_ZONE_BOOST;
	}
	if (reserves > sizeof(snapshot->lowmem_reserve))
		reserves = sizeof(snapshot->lowmem_reserve);
	bpf_probe_read_kernel(snapshot->lowmem_reserve, reserves,
			      (void *)zone + bpf_core_field_offset(struct zone, lowmem_reserve));
}

static __always_inline void aw_fill_zone(struct zone *zone, struct aw_wire_snapshot *snapshot)
{
	struct pglist_data *node = BPF_CORE_READ(zone, zone_pgdat);
	const char *name = BPF_CORE_READ(zone, name);

	snapshot->node = BPF_CORE_READ(node, node_id);
	snapshot->index = ((__u64)zone - (__u64)node - bpf_core_field_offset(struct pglist_data, node_zones)) /
			bpf_core_type_size(struct zone);
	bpf_probe_read_kernel_str(snapshot->name, sizeof(snapshot->name), name);
	aw_fill_zone_pages(zone, snapshot);
	aw_fill_lru(zone, snapshot);
	aw_fill_watermarks(zone, snapshot);
	aw_fill_free_area(zone, snapshot);
}

/*
 * Sends a snapshot of one zone.  Returns 1 if the zone has memory, even if the
 * ring buffer had no room, so that user space notices that a snapshot is
 * missing.  Not inlined: the verifier then checks it once for all zones.
 */
__attribute__((noinline)) int aw_send_zone(__u64 address, __u64 id, __u32 number)
{
	struct zone *zone = (struct zone *)address;
	struct aw_wire_zone *record;

	if (!BPF_CORE_READ(zone, managed_pages.counter))
		return 0;
	record = aw_record_begin(sizeof(*record), AW_WIRE_ZONE, bpf_ktime_get_ns(), AW_LOST_RING_OTHER);
	if (!record)
		return 1;
	aw_wire_size_zone(record);
	record->head.id = id;
	record->snapshot.number = number;
	aw_fill_zone(zone, &record->snapshot);
	aw_record_commit(record);
	return 1;
}

static __always_inline int aw_zones_allowed(__u64 now, const struct aw_request *request, __u32 order)
{
	struct aw_call_site *site = aw_call_site_of(request, order);

	if (site && !aw_within(&site->zones, now, aw_config.zones_per_site))
		return 0;
	return aw_within(&budget.zones, now, aw_config.zones_per_second);
}

static __always_inline void aw_take_zones(struct aw_request *request, __u32 order)
{
	__u64 now = bpf_ktime_get_ns();
	__u64 id = now << 8 | (bpf_get_smp_processor_id() & 0xff);
	__u32 populated = 0;

	if (!aw_config.zones_per_second || !known_zones.count)
		return;
	if (!aw_zones_allowed(now, request, order)) {
		request->zones_flags |= AW_SEEN_ZONES_BUDGET;
		aw_lost(AW_LOST_ZONES_BUDGET);
		return;
	}
	for (int i = 0; i < AW_WIRE_ZONES; i++)
		if (known_zones.zone[i])
			populated += aw_send_zone(known_zones.zone[i], id, i + 1);
	request->zones_id = id;
	request->nr_zones = populated;
}

#else

static __always_inline void aw_take_zones(struct aw_request *request, __u32 order)
{
}

#endif
