// SPDX-License-Identifier: GPL-2.0
/*
 * The task of a trace record.
 */
#include "source/tracefs/task.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/file.h"

/* include/linux/proc_ns.h, PROC_PID_INIT_INO: the same from 3.8 to 7.1. */
#define INITIAL_PID_NAMESPACE 0xEFFFFFFCul

int aw_trace_pids_are_ours(void)
{
	struct stat stat_buffer;

	/* Without pid namespaces there is no such file. */
	return stat("/proc/self/ns/pid", &stat_buffer) || stat_buffer.st_ino == INITIAL_PID_NAMESPACE;
}

/* The value of "Tgid:\t89"; NULL. */
static const char *value_of(const char *text, const char *key)
{
	const char *line = strstr(text, key);

	return line ? line + strlen(key) : NULL;
}

/* Mems_allowed:	00000000,00000001: words of 32 bits, the last has node 0 */
static uint64_t parse_nodes(const char *text)
{
	uint64_t nodes = 0;

	for (; *text && *text != '\n'; text++) {
		if (*text == ',' || *text == '\t')
			continue;
		nodes = nodes << 4 | (strtoul((char[]){ *text, 0 }, NULL, 16) & 0xf);
	}
	return nodes;
}

/* A thread has a directory in /proc that is not listed. */
static int fill_from_proc(struct aw_wire_task *task)
{
	AW_FREE char *status = NULL, *comm = NULL;
	const char *value;
	char path[48];

	snprintf(path, sizeof(path), "/proc/%u/status", task->tid);
	if (aw_file_read(path, &status, NULL) || !(value = value_of(status, "\nTgid:")))
		return -1;
	task->pid = strtoul(value, NULL, 10);
	value = value_of(status, "\nMems_allowed:");
	if (value && task->context == AW_CONTEXT_TASK) {
		task->mems_allowed = parse_nodes(value);
		task->known |= task->mems_allowed ? AW_TASK_MEMS_ALLOWED : 0;
	}
	snprintf(path, sizeof(path), "/proc/%u/comm", task->tid);
	if (aw_file_read(path, &comm, NULL))
		return -1;
	if (*comm)
		comm[strlen(comm) - 1] = '\0';
	memcpy(task->comm, comm, strnlen(comm, sizeof(task->comm)));
	return 0;
}

/* 89 repro: saved_cmdlines keeps the last 128 or more names */
static void fill_from_names(const char *root, struct aw_wire_task *task)
{
	AW_FREE char *text = NULL;
	char path[192];

	snprintf(path, sizeof(path), "%s/saved_cmdlines", root);
	if (aw_file_read(path, &text, NULL))
		return;
	for (char *line = text; line && *line;) {
		char *end = strchr(line, '\n'), *name;

		if (end)
			*end = '\0';
		if (strtoul(line, &name, 10) == task->tid && *name == ' ')
			memcpy(task->comm, name + 1, strnlen(name + 1, sizeof(task->comm)));
		line = end ? end + 1 : NULL;
	}
}

/* If it is not in /proc, the thread is taken for the process: most have only one. */
void aw_trace_task_fill(const char *root, int global, struct aw_wire_task *task)
{
	if (!task->tid || (global && !fill_from_proc(task)))
		return;
	task->pid = task->tid;
	fill_from_names(root, task);
}

#define INIT_TID 1

void aw_trace_task_fill_past(const char *root, struct aw_wire_task *task)
{
	if (!task->tid)
		return;
	task->pid = task->tid;
	fill_from_names(root, task);
	if (!task->comm[0] && task->tid != INIT_TID)
		fill_from_proc(task);
	/* The nodes that it may use now say nothing of then. */
	task->known &= ~AW_TASK_MEMS_ALLOWED;
}
