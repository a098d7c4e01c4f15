/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An entry of /proc/PID/pagemap (Documentation/admin-guide/mm/pagemap.rst).
 */
#ifndef AW_PAGES_PAGEMAP_H
#define AW_PAGES_PAGEMAP_H

#define AW_PAGEMAP_PRESENT (1ull << 63)
#define AW_PAGEMAP_FILE_OR_SHARED (1ull << 61)
#define AW_PAGEMAP_FRAME ((1ull << 55) - 1)

#endif
