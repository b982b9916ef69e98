# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that speak to the program: makes recordings with espeak-ng. Needs $work, a folder.

# espeak-ng's own French voice, as anybody would take it, and its rate in words per minute.
VOICE=fr
VOICE_RATE=120

# The same bytes each time: sox draws its noise anew otherwise.
sox() { command sox -R "$@"; }

recording_tools() { # exits the test as skipped where a tool is missing
    local tool
    for tool in espeak-ng sox soxi; do
        type -P "$tool" >/dev/null || { echo "skipped: $tool is missing"; exit 77; }
    done
}

# record FILE GAP PHRASE... : a second of silence, then each phrase and GAP seconds in which nobody
# speaks, on a quiet hiss as every microphone has (-60 dB).
record() {
    local file=$1 gap=$2 parts=()
    shift 2
    sox -n -r 16000 -b 16 -c 1 "$work/lead.wav" trim 0 1
    parts+=("$work/lead.wav")
    for phrase in "$@"; do
        espeak-ng -v "$VOICE" -s "$VOICE_RATE" -w "$work/word.wav" "$phrase"
        sox "$work/word.wav" -r 16000 -b 16 "$work/word-${#parts[@]}.wav" norm -6 pad 0 "$gap"
        parts+=("$work/word-${#parts[@]}.wav")
    done
    sox "${parts[@]}" "$work/clean.wav"
    sox "$work/clean.wav" -p synth whitenoise vol 0.001 2>/dev/null |
        sox -m -v 1 "$work/clean.wav" -v 1 -p -b 16 "$file" trim 0 "$(soxi -D "$work/clean.wav")"
}

# twice FILE PHRASE... : a second of silence, then each phrase twice, the second time a little faster and
# higher; what is between two "--" is said once. Six seconds in which nobody speaks behind each.
twice() {
    local file=$1 parts=("$work/lead.wav") times=2 phrase
    shift
    sox -n -r 16000 -b 16 -c 1 "$work/lead.wav" trim 0 1
    say_once() {
        espeak-ng -v "$VOICE" -s "$2" -p "$3" -w "$work/word.wav" "$1"
        sox "$work/word.wav" -r 16000 -b 16 "$work/word-${#parts[@]}.wav" norm -6 pad 0 6
        parts+=("$work/word-${#parts[@]}.wav")
    }
    for phrase; do
        [ "$phrase" = -- ] && times=$((3 - times)) && continue
        say_once "$phrase" "$VOICE_RATE" 50
        [ $times = 2 ] && say_once "$phrase" $((VOICE_RATE + 5)) 53
    done
    sox "${parts[@]}" "$work/clean.wav"
    sox "$work/clean.wav" -p synth whitenoise vol 0.001 2>/dev/null |
        sox -m -v 1 "$work/clean.wav" -v 1 -p -b 16 "$file" trim 0 "$(soxi -D "$work/clean.wav")"
}
