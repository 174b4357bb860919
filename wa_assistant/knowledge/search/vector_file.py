"""The vectors of active passages in a file under DATA_DIR, made of the database.

It holds a byte a number and a scale a vector: a quarter of what the database has, so that all
processes that map it share little memory, and a new one reads it quickly. It is replaced as a
whole; a process that has the older one open keeps it until its next search. Where the file is of
another moment than the search, the database tells what came and went since.
"""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from flask import current_app
from sqlalchemy import select

from ...database import db
from ...models import Passage, Vector, VectorSet
from .embedding import Direction

HEAD = 4096  # bytes; JSON, padded
FULL = 127  # the largest of a vector's numbers, as a byte
ROWS = 512  # vectors at once: as many as a processor's cache holds
CACHE = "wa_assistant.vectors"


Ids = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class File:
    """`codes` (vectors x dimension), times `scales`, are the vectors of the passages `ids`."""

    key: str  # what it was made of
    ids: Ids
    scales: "np.ndarray[tuple[int], np.dtype[np.float32]]"
    codes: "np.ndarray[tuple[int, int], np.dtype[np.int8]]"

    def nearest(self, vector: Direction, limit: int, among: Ids | None = None) -> list[int]:
        """Ids of about the nearest passages (`among` some, or all), in no order."""
        count = len(self.ids)
        if not count:
            return []
        similar = np.empty(count, np.float32)
        part = np.empty((ROWS, len(vector)), np.float32)
        for start in range(0, count, ROWS):
            here = part[: min(ROWS, count - start)]
            np.copyto(here, self.codes[start : start + ROWS])
            np.dot(here, vector, out=similar[start : start + ROWS])
        similar *= self.scales
        if among is not None:
            similar[~np.isin(self.ids, among)] = -np.inf
        best = np.argpartition(similar, -limit)[-limit:] if count > limit else slice(None)
        return [int(each) for each in self.ids[best][similar[best] > -np.inf]]


def nearest(vector_set: VectorSet, vector: Direction, limit: int) -> list[int]:
    """Ids of about the nearest passages, and of those that the file does not know yet."""
    file = _current(vector_set)
    if file.key == _key(vector_set):
        return file.nearest(vector, limit)
    active = np.array(db.session.scalars(_active(vector_set, Vector.passage_id)).all(), np.int64)
    unknown = np.setdiff1d(active, file.ids)
    return [*file.nearest(vector, limit, active), *unknown.tolist()]


def _current(vector_set: VectorSet) -> File:
    """The file of this vector set; made anew where passages have come or gone.

    While another process does that the older one is used, if there is one, and so is a newer one
    than what is read here.
    """
    key, path = _key(vector_set), _path(vector_set)
    kept: File | None = current_app.extensions.get(CACHE)
    if kept is None or kept.key != key:
        kept = _open(path)
    if kept is None or kept.key != key:
        kept = _renew(vector_set, key, path, kept)
    current_app.extensions[CACHE] = kept
    return kept


def _key(vector_set: VectorSet) -> str:
    # After a restore another vector set may have the id, and begin to count again.
    return f"{vector_set.id} {vector_set.created_at.isoformat()} {vector_set.generation}"


def _path(vector_set: VectorSet) -> Path:
    return Path(current_app.config["DATA_DIR"]) / "vectors" / f"set-{vector_set.id}"


def _renew(vector_set: VectorSet, key: str, path: Path, older: File | None) -> File:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    usable = _is_of(vector_set, older)
    with _lock(path.parent / "lock", wait=not usable) as is_ours:
        if not is_ours and older is not None:
            return older
        made = _open(path)  # by whoever had the lock before
        if not _is_of(vector_set, made, vector_set.generation):
            _write(vector_set, key, path)
            made = _open(path)
        # Of vector sets that served before, and of processes that were killed while writing.
        for each in (*path.parent.glob("set-*"), *path.parent.glob("draft-*")):
            if each != path:
                each.unlink(missing_ok=True)
    if made is None:
        raise RuntimeError("The file of vectors was not made.")
    return made


def _is_of(vector_set: VectorSet, file: File | None, generation: int = 0) -> bool:
    """Whether a file is of this vector set, and of that generation or a newer one."""
    if file is None:
        return False
    whose, _, number = file.key.rpartition(" ")
    return whose == _key(vector_set).rpartition(" ")[0] and int(number) >= generation


@contextmanager
def _lock(path: Path, *, wait: bool) -> Iterator[bool]:
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def _open(path: Path) -> File | None:
    """None where there is none, or none that is whole."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        with path.open("rb") as file:
            head = json.loads(file.read(HEAD))
            count, dimension = head["count"], head["dimension"]
            mapped = np.memmap(file, np.uint8, "r") if count else np.zeros(HEAD, np.uint8)
        # A view, without the class of the map, whose slices are slow to make.
        data = np.asarray(mapped)[HEAD:]
        codes, rest = data[: count * dimension], data[count * dimension :]
        scales, ids = rest[: count * 4], rest[count * 4 :]
        return File(
            head["key"],
            ids.copy().view("<i8"),  # not aligned in the file
            scales.copy().view("<f4"),
            codes.view(np.int8).reshape(count, dimension),
        )
    return None


def _write(vector_set: VectorSet, key: str, path: Path) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix="draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            _fill(file, vector_set, key)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def _active(vector_set: VectorSet, *columns: Any) -> Any:
    """Selects, of the vectors in this vector set, those of active passages."""
    found = select(*columns).join(Passage, (Passage.id == Vector.passage_id) & Passage.active)
    return found.where(Vector.vector_set_id == vector_set.id)


def _fill(file: BinaryIO, vector_set: VectorSet, key: str) -> None:
    columns = _active(vector_set, Vector.passage_id, Vector.data)
    rows = db.session.execute(columns, execution_options={"yield_per": ROWS})
    file.seek(HEAD)
    ids: list[int] = []
    scales = []
    for part in rows.partitions():
        vectors = np.frombuffer(b"".join(row.data for row in part), "<f4").reshape(len(part), -1)
        scale = np.abs(vectors).max(axis=1) / FULL
        file.write(np.round(vectors / scale[:, None]).astype(np.int8).tobytes())
        scales.append(scale.astype("<f4").tobytes())
        ids.extend(row.passage_id for row in part)
    file.write(b"".join(scales))
    file.write(np.array(ids, "<i8").tobytes())
    head = {"key": key, "count": len(ids), "dimension": vector_set.dimension}
    file.seek(0)
    file.write(json.dumps(head).encode().ljust(HEAD))
