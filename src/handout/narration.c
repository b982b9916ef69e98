/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handout/narration.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "reading/utterance.h"

#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

/* Silence between two sentences and behind a text. */
#define SENTENCE_GAP_MS 250
#define TEXT_GAP_MS     700

/* How much is left out to make the file small, 0..1: some 40 kbit/s. Speech needs no more. */
#define COMPRESSION 0.8

#define MP3_FORMAT (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)

struct narration {
    struct narration_config config;
    struct synth *synth;
    struct synth_params params;
    int16_t *samples; /* of the file that is being made */
    size_t count, capacity;
};

struct narration *narration_open(const struct narration_config *config)
{
    struct synth *synth;
    if (config->driver->open(&config->synth, &synth))
        return NULL;
    struct narration *narration = xcalloc(1, sizeof *narration);
    narration->config = *config;
    narration->synth = synth;
    narration->params = (struct synth_params){
        .rate = config->rate, .pitch = VOICE_PITCH_NORMAL, .volume = VOICE_VOLUME_NORMAL};
    return narration;
}

void narration_close(struct narration *narration)
{
    if (!narration)
        return;
    narration->config.driver->close(narration->synth);
    free(narration->samples);
    free(narration);
}

/* --- samples ---------------------------------------------------------------------------------- */

static int16_t *make_room(struct narration *narration, size_t count)
{
    narration->samples = mem_grow(narration->samples, &narration->capacity,
                                  narration->count + count, sizeof *narration->samples);
    narration->count += count;
    return narration->samples + narration->count - count;
}

static bool take_samples(void *context, const int16_t *samples, size_t count)
{
    if (count)
        memcpy(make_room(context, count), samples, count * sizeof *samples);
    return true;
}

static void add_silence(struct narration *narration, int ms)
{
    const size_t count =
        (size_t)narration->config.driver->rate(narration->synth) * (size_t)ms / 1000;
    memset(make_room(narration, count), 0, count * sizeof(int16_t));
}

static long now_ms(const struct narration *narration)
{
    return (long)(narration->count * 1000 /
                  (size_t)narration->config.driver->rate(narration->synth));
}

static int say(struct narration *narration, const char *sentence)
{
    char *text = reading_pronounce(narration->config.reading, sentence);
    const int result = narration->config.driver->say(narration->synth, text, &narration->params,
                                                     take_samples, NULL, narration);
    free(text);
    return result;
}

static int say_text(struct narration *narration, const char *text, struct narration_clip *ret_clip)
{
    struct utterance utterance = {.text = xstrdup(text)};
    char **sentences;
    const size_t count = utterance_sentences(narration->config.reading, &utterance, &sentences);
    const long begin = now_ms(narration);
    int result = 0;
    for (size_t i = 0; i < count && !result; i++) {
        if (i)
            add_silence(narration, SENTENCE_GAP_MS);
        result = say(narration, sentences[i]);
    }
    /* The silence belongs to the clip: who plays clips one after another hears a pause as well. */
    if (count)
        add_silence(narration, TEXT_GAP_MS);
    *ret_clip =
        count ? (struct narration_clip){begin, now_ms(narration)} : (struct narration_clip){0, 0};
    sentences_free(sentences, count);
    utterance_free(&utterance);
    return result;
}

/* --- the encoder ------------------------------------------------------------------------------ */

/* A file in memory, as libsndfile wants it. */
struct memory_file {
    struct strbuf *bytes;
    size_t start; /* of the file in the buffer */
    size_t at;
};

static sf_count_t file_length(void *context)
{
    const struct memory_file *file = context;
    return (sf_count_t)(file->bytes->length - file->start);
}

static sf_count_t file_seek(sf_count_t offset, int whence, void *context)
{
    struct memory_file *file = context;
    const sf_count_t from = whence == SEEK_SET   ? 0
                            : whence == SEEK_CUR ? (sf_count_t)file->at
                                                 : file_length(file);
    if (from + offset < 0 || from + offset > file_length(file))
        return -1;
    file->at = (size_t)(from + offset);
    return (sf_count_t)file->at;
}

static sf_count_t file_tell(void *context)
{
    const struct memory_file *file = context;
    return (sf_count_t)file->at;
}

static sf_count_t file_read(void *data, sf_count_t count, void *context)
{
    struct memory_file *file = context;
    const sf_count_t left = file_length(file) - (sf_count_t)file->at;
    count = count < left ? count : left;
    memcpy(data, file->bytes->text + file->start + file->at, (size_t)count);
    file->at += (size_t)count;
    return count;
}

static sf_count_t file_write(const void *data, sf_count_t count, void *context)
{
    struct memory_file *file = context;
    const size_t over = file->bytes->length - file->start - file->at;
    const size_t replaced = (size_t)count < over ? (size_t)count : over;
    if (replaced)
        memcpy(file->bytes->text + file->start + file->at, data, replaced);
    strbuf_add_bytes(file->bytes, (const char *)data + replaced, (size_t)count - replaced);
    file->at += (size_t)count;
    return count;
}

static SF_INFO encoding(int rate)
{
    return (SF_INFO){.samplerate = rate, .channels = 1, .format = MP3_FORMAT};
}

bool narration_can_encode(void)
{
    const SF_INFO info = encoding(22050);
    return sf_format_check(&info);
}

static int encode(const struct narration *narration, struct strbuf *mp3)
{
    SF_VIRTUAL_IO calls = {file_length, file_seek, file_read, file_write, file_tell};
    struct memory_file memory = {.bytes = mp3, .start = mp3->length};
    SF_INFO info = encoding(narration->config.driver->rate(narration->synth));
    SNDFILE *file = sf_open_virtual(&calls, SFM_WRITE, &info, &memory);
    if (!file)
        return -1;
    double compression = COMPRESSION;
    sf_command(file, SFC_SET_COMPRESSION_LEVEL, &compression, sizeof compression);
    const sf_count_t count = (sf_count_t)narration->count;
    const bool written = sf_write_short(file, narration->samples, count) == count;
    return !sf_close(file) && written ? 0 : -1;
}

long narration_make(struct narration *narration, const char *const *texts, size_t count,
                    struct strbuf *mp3, struct narration_clip *ret_clips)
{
    narration->count = 0;
    for (size_t i = 0; i < count; i++)
        if (say_text(narration, texts[i], &ret_clips[i]))
            return -1;
    return encode(narration, mp3) ? -1 : now_ms(narration);
}
