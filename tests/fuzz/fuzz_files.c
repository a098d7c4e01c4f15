// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: a log as a file of any form: compressed, an archive, any
 * encoding and container of lines; all of it, as explain reads it.
 */
#include "fuzz.h"

#include "explain/print.h"
#include "explain/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct aw_explain_config config = { 0 };
	struct aw_answers *answers = aw_answers_new(&config);
	struct aw_explain_logs logs = { 0 };
	char path[FUZZ_PATH], *files[] = { path };

	fuzz_file(data, size, path);
	aw_explain_read(files, 1, answers, &logs);
	aw_explain_logs_clear(&logs);
	aw_answers_free(answers);
	return 0;
}
