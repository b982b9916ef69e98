# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What scripts/train-speech-net and tests/bench/no-speech share: sounds out of files, as they are heard in a
# room. Around sounds out of a file there is nothing at all, around what people say never. Sourced; needs sox.

# take_sound FILE TO: its first 20 s, with silence around it. 1 if it is no sound.
take_sound() { sox -R "$1" -r 16000 -c 1 -b 16 "$2" trim 0 20 pad 0.5 2 2>/dev/null; }

# make_room SOUND TO: as long, the noise of a room as still as there are, another one each time (RANDOM, which
# is drawn here and not in a subshell, where its seed would be lost).
make_room() {
    local volume
    printf -v volume '0.%04d' $((5 + RANDOM % 60))
    sox -R -n -r 16000 -c 1 -b 16 "$2" synth "$(soxi -D "$1")" pinknoise vol "$volume"
}

# put_in_room SOUND ROOM TO: loud ones clip a little.
put_in_room() { sox -m -v 1 "$1" -v 1 "$2" "$3" 2>/dev/null; }
