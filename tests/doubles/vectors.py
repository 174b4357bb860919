"""OpenAI's embeddings: texts that share words lie near each other, as with a model's vectors."""

import math
import re
import zlib

from .completions import Body, error
from .server import Response, answer_json

NATIVE = 1536  # dimensions
TRAINED = (64, 3072)  # those it can be shortened to


def embeddings(body: Body, *, native: int = NATIVE) -> Response:
    texts = body.get("input")
    texts = [texts] if isinstance(texts, str) else texts
    if not texts or len(texts) > 2048 or not all(isinstance(each, str) and each for each in texts):
        return error(400, None, "input", "'$.input' is invalid.")
    dimension = body.get("dimensions", native)
    if not TRAINED[0] <= dimension <= TRAINED[1]:
        return error(400, None, "dimensions", f"Invalid value for 'dimensions': {dimension}.")
    data = [
        {"object": "embedding", "index": index, "embedding": vector(text, dimension)}
        for index, text in enumerate(texts)
    ]
    tokens = sum(len(text) for text in texts) // 4 + 1
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return answer_json({"object": "list", "model": body["model"], "data": data, "usage": usage})


def vector(text: str, dimension: int) -> list[float]:
    """Each word of four letters or more counts for its first six; of length one."""
    found = [0.0] * dimension
    found[0] = 0.05
    for word in re.findall(r"\w{4,}", text.casefold()):
        found[zlib.crc32(word[:6].encode()) % dimension] += 1.0
    length = math.sqrt(sum(each * each for each in found))
    return [each / length for each in found]
