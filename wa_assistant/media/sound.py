"""Sound as WhatsApp's own voice messages have it: Opus in Ogg, one channel.

Read and written by ffmpeg in the process that is apart (child.py), and nowhere else.
"""

from collections.abc import Iterator
from itertools import chain

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer, OutputContainer

RATE = 48_000  # samples a second
BITS = 24_000  # a second: speech loses nothing that is heard
LONGEST = 80 * 60  # seconds, which models still take by their size
# Numbers to be read for them, in stereo. Silence in eight channels at 192 kHz has few bytes, and
# others' recordings wait meanwhile.
MOST_READ = LONGEST * RATE * 2
EFFORT = {"compression_level": "3"}  # 3 ms of a processor for a second of sound


def convert(source: InputContainer, target: OutputContainer) -> float:
    """Write the sound as WhatsApp's own voice messages are; its seconds, 0 where there is none,
    more than LONGEST, or more to read than MOST_READ."""
    stream = target.add_stream("libopus", rate=RATE, layout="mono", options=EFFORT)
    stream.bit_rate = BITS
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    written = read = 0
    for frame in chain(_frames(source), (None,)):
        read += frame.samples * len(frame.layout.channels) if frame else 0
        for piece in resampler.resample(frame):
            piece.pts = written
            written += piece.samples
            target.mux(stream.encode(piece))
        if written > LONGEST * RATE or read > MOST_READ:
            return 0.0
    target.mux(stream.encode(None))
    return written / RATE


def _frames(source: InputContainer) -> Iterator[AudioFrame]:
    """What can be read of it: a recording that breaks off is heard until there."""
    sound = source.streams.audio[0]
    sound.codec_context.thread_count = 1
    try:
        for packet in source.demux(sound):
            try:
                yield from packet.decode()
            except av.InvalidDataError:
                continue
    except (av.InvalidDataError, av.EOFError):
        return
