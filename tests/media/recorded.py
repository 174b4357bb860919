"""Sound in every make that a telephone writes, and in some that none does."""

import array
import io
import math
from functools import cache

import av
from av.audio.resampler import AudioResampler

SECONDS = 1.5
# By name: container, codec, samples a second.
MAKES = {
    "voice.amr": ("amr", "libopencore_amrnb", 8000),
    "voice.3gp": ("3gp", "libopencore_amrnb", 8000),
    "voice.aac": ("adts", "aac", 44_100),
    "alac.caf": ("caf", "alac", 44_100),
    "ulaw.caf": ("caf", "pcm_mulaw", 8000),
    "alac.m4a": ("ipod", "alac", 44_100),
    "voice.aiff": ("aiff", "pcm_s16be", 44_100),
    "voice.flac": ("flac", "flac", 44_100),
    "ulaw.wav": ("wav", "pcm_mulaw", 8000),
    "voice.m4a": ("ipod", "aac", 44_100),
    "voice.mp4": ("mp4", "aac", 44_100),
    "voice.ogg": ("ogg", "libopus", 48_000),
    "voice.webm": ("webm", "libopus", 48_000),
    "voice.mp3": ("mp3", "libmp3lame", 44_100),
    "voice.wav": ("wav", "pcm_s16le", 16_000),
}
OTHERS = {"voice.nut": ("nut", "pcm_s16le", 16_000)}  # which ffmpeg knows, and no telephone writes


@cache
def recorded(name: str) -> bytes:
    """SECONDS of a tone."""
    container, codec, rate = (MAKES | OTHERS)[name]
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, av.AudioStream)
        if codec == "libopencore_amrnb":
            stream.bit_rate = 12_200
        stream.codec_context.open()
        size = stream.codec_context.frame_size or None
        resampler = AudioResampler(stream.format, "mono", rate, frame_size=size)
        count = int(SECONDS * rate)
        turn = 440 * math.tau / rate
        samples = array.array("h", (int(9000 * math.sin(turn * at)) for at in range(count)))
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate, frame.pts = rate, 0
        for each in (*resampler.resample(frame), *resampler.resample(None), None):
            out.mux(stream.encode(each))
    return file.getvalue()


@cache
def film(*, with_sound: bool = True) -> bytes:
    """Pictures, and perhaps sound; they are told only at its end."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        pictures = out.add_stream("mpeg4", rate=10)
        pictures.width = pictures.height = 64
        if with_sound:
            out.add_stream("aac", rate=44_100, layout="mono")
        for number in range(10):
            frame = av.VideoFrame(64, 64, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([number * 20]) * plane.buffer_size)
            frame.pts = number
            out.mux(pictures.encode(frame))
        out.mux(pictures.encode(None))
    return file.getvalue()


def told(content: bytes) -> tuple[str, str, float]:
    """Its container, its codec and its seconds."""
    with av.open(io.BytesIO(content), "r") as file:
        sound = file.streams.audio[0]
        length = sum(frame.samples / frame.sample_rate for frame in file.decode(sound))
        return file.format.name.partition(",")[0], sound.codec_context.name, length
