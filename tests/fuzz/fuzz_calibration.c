/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what is known of a voice: no crash, every mistake told, nothing out of its range. */
#include "fuzz/support/fuzz.h"

#include "store/calibration_file.h"

static void check_calibration(const struct calibration *calibration)
{
    demand(calibration->ease >= CALIBRATION_EASE_MIN && calibration->ease <= CALIBRATION_EASE_MAX);
    demand(calibration->phrase_count <= CALIBRATION_PHRASES_MAX);
    for (size_t i = 0; i < calibration->phrase_count; i++) {
        const struct calibration_phrase *phrase = &calibration->phrases[i];
        demand(phrase->text && phrase->token_count <= CALIBRATION_TOKENS);
        for (size_t j = 0; j < phrase->token_count; j++) {
            const struct calibration_token *token = &phrase->tokens[j];
            demand(token->sound_count >= 1 && token->sound_count <= CALIBRATION_SOUNDS);
            for (size_t k = 0; k < token->sound_count; k++)
                demand(token->sounds[k].set && token->sounds[k].phones);
        }
    }
}

/* What is done with one at the start of a session. */
static void use(const struct calibration *calibration)
{
    struct calibration copy;
    struct calibration_gain gain = calibration_gain(calibration);
    demand(gain.before <= gain.total && gain.after <= gain.total);
    (void)calibration_best_ease(calibration);
    calibration_copy(&copy, calibration, true, -1);
    calibration_free(&copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct diags diags;
    struct calibration calibration;
    diags_init(&diags, fuzz_messages());
    diags_set_file(&diags, "calibration.yaml");
    int result = calibration_parse((const char *)bytes, length, &diags, &calibration);
    fuzz_check_diags(&diags, result);
    check_calibration(&calibration);
    use(&calibration);
    calibration_free(&calibration);
    diags_free(&diags);
    return 0;
}
