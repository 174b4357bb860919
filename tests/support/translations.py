"""The catalogues, compiled where `make` has not done it: tests may be started without it."""

import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from .processes import ROOT

CATALOGUES = sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po"))


def pytest_configure(config: pytest.Config) -> None:
    for catalogue in CATALOGUES:
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            _compile(catalogue, compiled)


def _compile(catalogue: Path, compiled: Path) -> None:
    written = io.BytesIO()
    write_mo(written, read_po(io.BytesIO(catalogue.read_bytes())))
    # Several test processes may do it at once; each puts a whole file in place.
    draft = compiled.with_suffix(f".{id(written)}.draft")
    draft.write_bytes(written.getvalue())
    draft.replace(compiled)
