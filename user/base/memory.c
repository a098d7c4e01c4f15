// SPDX-License-Identifier: GPL-2.0
/*
 * Whether memory ever ran out.
 */
#include "base/memory.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What --wrap makes of the callers' names, and of libc's. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t size);

static volatile bool failed;

bool aw_memory_failed(void)
{
	return failed;
}

void aw_memory_note_failure(void)
{
	failed = true;
}

static void *note(void *memory)
{
	if (!memory)
		failed = true;
	return memory;
}

void *__wrap_malloc(size_t size)
{
	return note(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return note(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
	return note(__real_realloc(old, size));
}

char *__wrap_strdup(const char *text)
{
	return note(__real_strdup(text));
}

char *__wrap_strndup(const char *text, size_t size)
{
	return note(__real_strndup(text, size));
}

/* A shared library calls libc's malloc(), and jansson leaves out what it has no memory for. */
void aw_memory_watch_jansson(void)
{
	json_set_alloc_funcs(malloc, free);
}

/*
 * Not open_memstream(): glibc's neither marks the stream when it cannot grow,
 * nor survives closing it then.
 */
struct memory {
	char **text;
	size_t *size, room;
};

static ssize_t memory_write(void *cookie, const char *data, size_t size)
{
	struct memory *memory = cookie;
	size_t need = *memory->size + size + 1;

	if (need > memory->room) {
		char *larger = realloc(*memory->text, 2 * need);

		if (!larger)
			return 0;	/* an error of fopencookie(3) */
		*memory->text = larger;
		memory->room = 2 * need;
	}
	memcpy(*memory->text + *memory->size, data, size);
	*memory->size += size;
	(*memory->text)[*memory->size] = '\0';
	return (ssize_t)size;
}

static int memory_close(void *cookie)
{
	free(cookie);
	return 0;
}

FILE *aw_memory_open(char **text, size_t *size)
{
	const cookie_io_functions_t functions = { .write = memory_write, .close = memory_close };
	struct memory *memory = calloc(1, sizeof(*memory));
	FILE *file = memory ? fopencookie(memory, "w", functions) : NULL;

	*text = file ? strdup("") : NULL;
	*size = 0;
	if (*text) {
		*memory = (struct memory){ text, size, 1 };
		return file;
	}
	if (file)
		fclose(file);
	else
		free(memory);
	return note(NULL);
}

int aw_memory_close(FILE *memory)
{
	bool bad = memory && ferror(memory);

	if (memory && !fclose(memory) && !bad)
		return 0;
	failed = true;
	return -ENOMEM;
}
