"""How an exception is written down."""

import traceback


def outline(error: BaseException) -> str:
    """The kinds of exception and the places they came from, the root cause last.

    Without the exceptions' words: they may quote a person's.
    """
    lines = []
    cause: BaseException | None = error
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        lines.append(type(cause).__qualname__)
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)
