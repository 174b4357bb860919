"""Style sheets, scripts and icons: a browser loads each once, until what is in it changes.

Their addresses carry a digest of the content, so that a browser may keep them for as long as it
likes. The style sheets, a file a component, are joined into one: a page waits for one answer.
"""

import hashlib
from functools import cache
from typing import Any, NamedTuple

from flask import Blueprint, Flask, Response, current_app, g, make_response, request, url_for

from config import ROOT

from .. import access

blueprint = Blueprint("assets", __name__)

STATIC = ROOT / "static"
# The first declares the layers; after it, a component's file may stand anywhere.
SHEETS = ("tokens", "base", "layout", "utilities")
STYLE = "style.css"
FOR_EVER = "public, max-age=31536000, immutable"


class Assets(NamedTuple):
    """`digests`: of each file below static/, by its name there, and of the STYLE that is joined."""

    style: bytes
    scripts: tuple[str, ...]
    digests: dict[str, str]


@blueprint.get(f"/{STYLE}")
@access.public
def style() -> Response:
    return _kept(Response(_assets().style, mimetype="text/css"), STYLE)


def init_app(app: Flask) -> None:
    if not app.debug:
        _read_once()  # what is missing stops the start
    send = app.view_functions["static"]
    app.view_functions["static"] = lambda filename: _kept(
        make_response(send(filename=filename)), filename
    )
    app.url_defaults(_add_digest)

    @app.context_processor
    def context() -> dict[str, Any]:
        assets = _assets()
        return {
            "style": url_for("assets.style", v=assets.digests[STYLE]),
            "scripts": assets.scripts,
        }


def _add_digest(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static":
        values["v"] = _assets().digests.get(values["filename"])


def _kept(response: Response, name: str) -> Response:
    """Not under another release's digest: what is in it may be this one's for a moment only."""
    if request.args.get("v") == _assets().digests.get(name, ""):
        response.headers["Cache-Control"] = FOR_EVER
    return response


def _assets() -> Assets:
    if not current_app.debug:
        return _read_once()
    if "assets" not in g:
        g.assets = _read()
    found: Assets = g.assets
    return found


def _read() -> Assets:
    files = {
        path.relative_to(STATIC).as_posix(): path.read_bytes()
        for path in sorted(STATIC.rglob("*"))
        if path.is_file()
    }
    components = [name for name in files if name.startswith("css/components/")]
    sheets = [f"css/{name}.css" for name in SHEETS] + components
    joined = b"\n".join(files[name] for name in sheets)
    scripts = tuple(name for name in files if name.startswith("js/"))
    digests = {name: _digest(content) for name, content in files.items()}
    return Assets(joined, scripts, digests | {STYLE: _digest(joined)})


_read_once = cache(_read)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
