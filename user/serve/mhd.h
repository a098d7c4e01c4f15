/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Loads libmicrohttpd at run time.
 *
 * If it were linked, it and its TLS libraries would cost every command 2.5 MiB
 * and double the start time, and allocwatch would not run without it.
 */
#ifndef AW_SERVE_MHD_H
#define AW_SERVE_MHD_H

#include <microhttpd.h>

#include "base/error.h"

/* The functions of microhttpd.h, without the prefix MHD_. */
struct aw_mhd {
	__typeof__(MHD_start_daemon) *start_daemon;
	__typeof__(MHD_stop_daemon) *stop_daemon;
	__typeof__(MHD_run) *run;
	__typeof__(MHD_get_timeout) *get_timeout;
	__typeof__(MHD_get_daemon_info) *get_daemon_info;
	__typeof__(MHD_get_connection_info) *get_connection_info;
	__typeof__(MHD_lookup_connection_value) *lookup_connection_value;
	__typeof__(MHD_create_response_from_buffer) *create_response_from_buffer;
	__typeof__(MHD_add_response_header) *add_response_header;
	__typeof__(MHD_queue_response) *queue_response;
	__typeof__(MHD_destroy_response) *destroy_response;
};

/* The library stays loaded until the process ends.  0, or -ENOENT with what to install. */
int aw_mhd_load(struct aw_mhd *out, struct aw_error *error);

#endif
