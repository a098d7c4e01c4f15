// SPDX-License-Identifier: GPL-2.0
/*
 * A driver that allocates more contiguous DMA memory than the CMA area has:
 * three times 40 MiB of Debian's 64 MiB.  Prints how many failed to the kernel
 * log.  With keep=1 it has what it got until it is removed.
 */
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/platform_device.h>

/*
 * gcc before 14 does not align cold functions, and a kernel that was built with gcc 14 does not expect that of its
 * modules: arm64 from 6.12 on stops when it patches one that is not at a multiple of 8.
 */
#undef __cold
#define __cold

#define PIECES 3
#define BYTES (40 << 20)

static bool keep;
module_param(keep, bool, 0);

static struct platform_device *device;
static dma_addr_t handles[PIECES];
static void *pieces[PIECES];

static void give_back(void)
{
	int i;

	for (i = 0; i < PIECES; i++)
		if (pieces[i])
			dma_free_coherent(&device->dev, BYTES, pieces[i], handles[i]);
	platform_device_unregister(device);
}

static noinline void *cma_ask(struct device *dev, dma_addr_t *handle)
{
	void *memory = dma_alloc_coherent(dev, BYTES, handle, GFP_KERNEL | __GFP_NOWARN);

	pr_info("cma_ask: %s\n", memory ? "succeeded" : "failed");
	return memory;
}

static int __init cma_ask_init(void)
{
	int i;

	device = platform_device_register_simple("cma_ask", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(64));
	for (i = 0; i < PIECES; i++)
		pieces[i] = cma_ask(&device->dev, &handles[i]);
	if (!keep)
		give_back();
	return 0;
}

static void __exit cma_ask_exit(void)
{
	if (keep)
		give_back();
}

module_init(cma_ask_init);
module_exit(cma_ask_exit);
MODULE_DESCRIPTION("asks for more CMA memory than there is");
MODULE_LICENSE("GPL");
