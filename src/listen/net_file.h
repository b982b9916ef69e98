/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * net_file: a net (listen/acoustic_net.h) that a model may have as a file in its folder. Thread:
 * any.
 */
#ifndef PASAPAS_LISTEN_NET_FILE_H
#define PASAPAS_LISTEN_NET_FILE_H

struct acoustic_net;

/* Reads `name` in an open folder: 0 and the net, or NULL if there is no such file; -1 if it cannot
 * be read or is damaged. */
int net_file_read(int folder, const char *name, struct acoustic_net **ret_net);

#endif
