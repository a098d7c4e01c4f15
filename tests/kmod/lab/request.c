// SPDX-License-Identifier: GPL-2.0
/* Requests for pages: each function that asks has a name of its own, which is the call site that the tool must tell. */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mempool.h>
#include <linux/mmzone.h>
#include <linux/platform_device.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#include "lab.h"

struct request {
	const struct api *api;
	const char *context, *scope;
	unsigned int order;
	size_t bytes;
	gfp_t mask;
	int node;
	unsigned int bits;	/* of the addresses that the device reaches */
	dma_addr_t address;
	void *got;
	struct irq_work irq;
	struct tasklet_struct tasklet;
	struct work_struct work;
	struct completion done;
};

static mempool_t *pool;
static unsigned int pool_order;

static noinline void *lab_ask_pages(struct request *request)
{
	return alloc_pages(request->mask, request->order);
}

static noinline void *lab_ask_node(struct request *request)
{
	return alloc_pages_node(request->node, request->mask, request->order);
}

static void free_block(const struct request *request, void *got)
{
	__free_pages(got, request->order);
}

static noinline void *lab_ask_kmalloc(struct request *request)
{
	return kmalloc(request->bytes, request->mask);
}

static void free_kmalloc(const struct request *request, void *got)
{
	kfree(got);
}

static noinline void *lab_ask_kvmalloc(struct request *request)
{
	return kvmalloc(request->bytes, request->mask);
}

static void free_kvmalloc(const struct request *request, void *got)
{
	kvfree(got);
}

static noinline void *lab_ask_vmalloc(struct request *request)
{
	return __vmalloc(request->bytes, request->mask);
}

/* May be mapped by huge pages: larger blocks are tried first.  Exported by this name from 6.16 on. */
static noinline void *lab_ask_vmalloc_huge(struct request *request)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
	return vmalloc_huge_node(request->bytes, request->mask, NUMA_NO_NODE);
#else
	return NULL;
#endif
}

static void free_vmalloc(const struct request *request, void *got)
{
	vfree(got);
}

static noinline void *lab_ask_mempool(struct request *request)
{
	return pool && pool_order == request->order ? mempool_alloc(pool, request->mask) : NULL;
}

static void free_mempool(const struct request *request, void *got)
{
	mempool_free(got, pool);
}

static struct kmem_cache *objects;

/* A cache whose objects are constructed is not merged with another one. */
static void construct(void *object)
{
}

int lab_make_cache(void)
{
	objects = kmem_cache_create("lab", PAGE_SIZE, 0, 0, construct);
	return objects ? 0 : -ENOMEM;
}

void lab_destroy_cache(void)
{
	kmem_cache_destroy(objects);
}

static noinline void *lab_ask_slab(struct request *request)
{
	return kmem_cache_alloc(objects, request->mask);
}

static void free_slab_object(const struct request *request, void *got)
{
	kmem_cache_free(objects, got);
}

/* A page for the pool of huge pages of bytes=. */
static void hugetlb_path(const struct request *request, char *path, size_t size)
{
	snprintf(path, size, "/sys/kernel/mm/hugepages/hugepages-%zukB/nr_hugepages", request->bytes >> 10);
}

static noinline void *lab_ask_hugetlb(struct request *request)
{
	char path[80];

	hugetlb_path(request, path, sizeof(path));
	return !lab_write_file(path, "1") && lab_read_file(path) > 0 ? (void *)request : NULL;
}

static void free_hugetlb(const struct request *request, void *got)
{
	char path[80];

	hugetlb_path(request, path, sizeof(path));
	lab_write_file(path, "0");
}

/* A page of a file on hugetlbfs, which the state mounts: the pool has none, and may grow for it. */
static noinline void *lab_ask_hugefile(struct request *request)
{
	struct file *file = filp_open("/tmp/huge/lab", O_CREAT | O_RDWR | O_TRUNC, 0600);
	long err;

	if (IS_ERR(file))
		return NULL;
	err = vfs_fallocate(file, 0, 0, request->bytes);
	fput(file);
	return err ? NULL : (void *)request;
}

static void free_hugefile(const struct request *request, void *got)
{
	struct file *file = filp_open("/tmp/huge/lab", O_RDWR | O_TRUNC, 0600);

	if (!IS_ERR(file))
		fput(file);
}

static noinline void *lab_ask_exact(struct request *request)
{
	return alloc_pages_exact(request->bytes, request->mask);
}

static void free_exact(const struct request *request, void *got)
{
	free_pages_exact(got, request->bytes);
}

/* The bulk allocator (5.13 on) asks for the first of its pages as all others do, where it has none. */
#define BULK 8

static noinline void *lab_ask_bulk(struct request *request)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 13, 0)
	struct page *pages[BULK] = {};
	unsigned int i;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 14, 0)
	alloc_pages_bulk(request->mask, BULK, pages);
#else
	alloc_pages_bulk_array(request->mask, BULK, pages);
#endif
	for (i = 1; i < BULK; i++)
		if (pages[i])
			__free_page(pages[i]);
	return pages[0];
#else
	return NULL;
#endif
}

static void free_bulk(const struct request *request, void *got)
{
	__free_page(got);
}

static struct platform_device *device;

int lab_make_device(void)
{
	device = platform_device_register_simple("lab", -1, NULL, 0);
	return PTR_ERR_OR_ZERO(device);
}

void lab_destroy_device(void)
{
	platform_device_unregister(device);
}

static noinline void *lab_ask_dma(struct request *request)
{
	if (dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(request->bits)))
		return NULL;
	return dma_alloc_coherent(&device->dev, request->bytes, &request->address, request->mask);
}

static void free_dma(const struct request *request, void *got)
{
	dma_free_coherent(&device->dev, request->bytes, got, request->address);
}

/* While somebody else has the lock of each zone: of larger blocks a cpu has none on its own lists. */
static noinline void *lab_ask_nolock(struct request *request)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 18, 0)
	struct zone *zones = NODE_DATA(0)->node_zones;
	unsigned long flags;
	void *got;
	int i;

	local_irq_save(flags);
	for (i = 0; i < MAX_NR_ZONES; i++)
		spin_lock(&zones[i].lock);
	got = alloc_pages_nolock(0, 0, request->order);
	for (i = MAX_NR_ZONES - 1; i >= 0; i--)
		spin_unlock(&zones[i].lock);
	local_irq_restore(flags);
	return got;
#else
	return NULL;
#endif
}

static const struct api {
	const char *name;
	void *(*ask)(struct request *request);
	void (*free)(const struct request *request, void *got);
} apis[] = {
	{ "alloc_pages", lab_ask_pages, free_block },
	{ "alloc_pages_node", lab_ask_node, free_block },
	{ "kmalloc", lab_ask_kmalloc, free_kmalloc },
	{ "kvmalloc", lab_ask_kvmalloc, free_kvmalloc },
	{ "vmalloc", lab_ask_vmalloc, free_vmalloc },
	{ "vmalloc_huge", lab_ask_vmalloc_huge, free_vmalloc },
	{ "slab", lab_ask_slab, free_slab_object },
	{ "mempool", lab_ask_mempool, free_mempool },
	{ "hugetlb", lab_ask_hugetlb, free_hugetlb },
	{ "hugefile", lab_ask_hugefile, free_hugefile },
	{ "exact", lab_ask_exact, free_exact },
	{ "bulk", lab_ask_bulk, free_bulk },
	{ "dma", lab_ask_dma, free_dma },
	{ "nolock", lab_ask_nolock, free_block },
};

static void ask_now(struct request *request)
{
	request->got = request->api->ask(request);
}

static void ask_in_irq(struct irq_work *irq)
{
	ask_now(container_of(irq, struct request, irq));
}

static void ask_in_tasklet(struct tasklet_struct *tasklet)
{
	ask_now(container_of(tasklet, struct request, tasklet));
}

static void ask_from_hardirq(struct request *request)
{
	init_irq_work(&request->irq, ask_in_irq);
	irq_work_queue(&request->irq);
	irq_work_sync(&request->irq);
}

/* Softirqs that were raised with bottom halves off run where these are allowed again: in this task. */
static void ask_from_softirq(struct request *request)
{
	tasklet_setup(&request->tasklet, ask_in_tasklet);
	local_bh_disable();
	tasklet_schedule(&request->tasklet);
	local_bh_enable();
	tasklet_kill(&request->tasklet);
}

static void ask_in_work(struct work_struct *work)
{
	ask_now(container_of(work, struct request, work));
}

static void ask_from_worker(struct request *request)
{
	INIT_WORK_ONSTACK(&request->work, ask_in_work);
	schedule_work(&request->work);
	flush_work(&request->work);
	destroy_work_on_stack(&request->work);
}

static int ask_in_thread(void *of)
{
	struct request *request = of;

	ask_now(request);
	complete(&request->done);
	return 0;
}

static void ask_from_thread(struct request *request)
{
	init_completion(&request->done);
	if (IS_ERR(kthread_run(ask_in_thread, request, "lab")))
		return;
	wait_for_completion(&request->done);
}

/* 5.13 took movable pages away from those who pin them; before, only CMA. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 13, 0)
#define memalloc_pin_save memalloc_nocma_save
#define memalloc_pin_restore memalloc_nocma_restore
#endif

static void ask_in_scope(struct request *request)
{
	unsigned int flags;

	if (!strcmp(request->scope, "noio")) {
		flags = memalloc_noio_save();
		ask_now(request);
		memalloc_noio_restore(flags);
	} else if (!strcmp(request->scope, "nofs")) {
		flags = memalloc_nofs_save();
		ask_now(request);
		memalloc_nofs_restore(flags);
	} else if (!strcmp(request->scope, "noreclaim")) {
		flags = memalloc_noreclaim_save();
		ask_now(request);
		memalloc_noreclaim_restore(flags);
	} else if (!strcmp(request->scope, "pin")) {
		flags = memalloc_pin_save();
		ask_now(request);
		memalloc_pin_restore(flags);
	} else {
		ask_now(request);
	}
}

static void ask_in_context(struct request *request)
{
	if (!strcmp(request->context, "hardirq"))
		ask_from_hardirq(request);
	else if (!strcmp(request->context, "softirq"))
		ask_from_softirq(request);
	else if (!strcmp(request->context, "worker"))
		ask_from_worker(request);
	else if (!strcmp(request->context, "thread"))
		ask_from_thread(request);
	else
		ask_in_scope(request);
}

static int read_request(const struct lab_args *args, struct request *request)
{
	const char *name = lab_text(args, "api", "alloc_pages");
	unsigned int i;

	memset(request, 0, sizeof(*request));
	for (i = 0; i < ARRAY_SIZE(apis); i++)
		if (!strcmp(apis[i].name, name))
			request->api = &apis[i];
	if (!request->api)
		return -EINVAL;
	request->context = lab_text(args, "context", "task");
	request->scope = lab_text(args, "scope", "");
	request->order = lab_number(args, "order", 0);
	request->bytes = lab_number(args, "bytes", PAGE_SIZE << request->order);
	request->node = lab_number(args, "node", 0);
	request->bits = lab_number(args, "bits", 64);
	return lab_mask(lab_text(args, "mask", "GFP_KERNEL"), &request->mask);
}

/*
 * api=, order= or bytes=, mask=, context=, scope=, node=, bits=, count= of requests, as= a name for what is told.  With
 * fails=1 the state is another one where the request gets pages: -EAGAIN.
 */
int lab_ask(const struct lab_args *args)
{
	long count = lab_number(args, "count", 1);
	unsigned int got = 0, failed = 0;
	u64 from = ktime_get_ns();
	struct request request;
	int err = read_request(args, &request);

	while (!err && count-- > 0) {
		ask_in_context(&request);
		if (request.got)
			request.api->free(&request, request.got);
		*(request.got ? &got : &failed) += 1;
	}
	lab_tell("%s got %u failed %u from %llu to %llu us", lab_text(args, "as", "ask"), got, failed,
		 from / NSEC_PER_USEC, ktime_get_ns() / NSEC_PER_USEC + 1);
	return err ?: got && lab_number(args, "fails", 0) ? -EAGAIN : 0;
}

/* order= of its one element, set aside while there is memory. */
int lab_pool(const struct lab_args *args)
{
	lab_release_pool();
	pool_order = lab_number(args, "order", 0);
	pool = mempool_create_page_pool(1, pool_order);
	return pool ? 0 : -ENOMEM;
}

void lab_release_pool(void)
{
	if (pool)
		mempool_destroy(pool);
	pool = NULL;
}
