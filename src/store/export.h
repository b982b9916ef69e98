/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * export: a copy of what is kept of a learner, for the learner to keep or take along. Thread: main.
 */
#ifndef PASAPAS_STORE_EXPORT_H
#define PASAPAS_STORE_EXPORT_H

#include "model/calibration.h"
#include "model/learner_record.h"

#include <stdint.h>

/*
 * Writes the record as store/learner_yaml.h has it, moments in UTC and all, to be read back from
 * there, into a new file, 0600, in the learner's home folder ($HOME, else the working folder):
 * pasapas-NAME-YYYY-MM-DD.yaml (local day), with -2, -3… if that is there already. `name` is the
 * learner's, or NULL; `seconds` is now. Stores the path, to be freed with free(), and returns 0, or
 * returns -1 with errno and leaves no file.
 */
int export_record(const struct learner_record *record, const char *name, int64_t seconds,
                  char **ret_path);

/* The same for what is known of the learner's voice, as store/calibration_file.h has it:
 * pasapas-NAME-YYYY-MM-DD-calibration.yaml. */
int export_calibration(const struct calibration *calibration, const char *name, int64_t seconds,
                       char **ret_path);

#endif
