/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pack_voice.h"

#include "model/pack.h"

struct synth_config pack_voice(const struct pack *pack)
{
    return (struct synth_config){
        .voice = pack->synth_voice,
        .language = pack->synth_language,
        .command = pack->command,
        .command_count = pack->command_count,
        .command_rate = pack->command_rate,
        .variants = pack->variants,
        .variant_count = pack->variant_count,
    };
}
