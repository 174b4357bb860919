"""Pictures of any make as WhatsApp takes them: JPEG, upright, of five megabytes at most.

Decoded by ffmpeg in the process that is apart (child.py), and nowhere else. What a camera notes
beside a picture, such as its place, is not written again.
"""

from pathlib import Path
from typing import Any, BinaryIO, cast

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame

from .limits import LARGEST_PICTURE

FORMATS = "jpeg_pipe,png_pipe,apng,webp_pipe,webp,gif,bmp_pipe,tiff_pipe,mov"
MOST_PIXELS = 100_000_000
# Tried in turn until it is small enough: the longer side in pixels, and ffmpeg's quality (2: best).
TRIES = ((4096, 2), (4096, 5), (2560, 5), (2048, 10))
WHITE = 255


def make(file: BinaryIO, to: str) -> dict[str, Any]:
    """ "size": bytes of the JPEG that was written to the path `to`; or "unreadable"."""
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "none"}
    with av.open(file, "r", options=options) as source:
        frame = _first(source)
    for side, quality in TRIES if frame else ():
        _write(_upright(cast(VideoFrame, frame), side), to, quality)
        if (size := Path(to).stat().st_size) <= LARGEST_PICTURE:
            return {"size": size}
    return {"unreadable": True}


def _first(source: InputContainer) -> VideoFrame | None:
    """Its first picture; None where it has none, is far too large, or is laid in tiles."""
    pictures = source.streams.video
    # One that a telephone lays in tiles has a stream for each, and no whole.
    if not pictures or len({(each.width, each.height) for each in pictures}) < len(pictures):
        return None
    largest = max(pictures, key=lambda each: each.width * each.height)
    if largest.width * largest.height > MOST_PIXELS:
        return None
    largest.codec_context.thread_count = 1
    return next(source.decode(largest), None)


def _upright(frame: VideoFrame, side: int) -> "np.ndarray[Any, Any]":
    """Its colours on white, the longer side of `side` pixels at most."""
    share = min(1.0, side / max(frame.width, frame.height))
    size = {"width": max(2, int(frame.width * share)), "height": max(2, int(frame.height * share))}
    shown = frame.reformat(format="rgba", **size).to_ndarray()
    cover = shown[..., 3:].astype(np.uint16)
    colours = (shown[..., :3] * cover + WHITE * (255 - cover)) // 255
    return np.ascontiguousarray(np.rot90(colours.astype(np.uint8), k=round(frame.rotation / 90)))


def _write(colours: "np.ndarray[Any, Any]", to: str, quality: int) -> None:
    high, wide = colours.shape[:2]
    with av.open(to, "w", format="image2pipe") as target:
        stream = target.add_stream("mjpeg", rate=1)
        stream.width, stream.height, stream.pix_fmt = wide, high, "yuvj420p"
        stream.codec_context.qmin = stream.codec_context.qmax = quality
        frame = VideoFrame.from_ndarray(colours, format="rgb24")
        frame.pts = 0
        whole = frame.reformat(format="yuvj420p", dst_color_range="JPEG")
        target.mux(stream.encode(whole))
        target.mux(stream.encode(None))
