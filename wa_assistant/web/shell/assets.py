"""Style sheets, scripts and icons: a browser loads each once, until what is in it changes.

Their addresses carry a digest of the content, so that a browser may keep them for as long as it
likes. The style sheets, a file a component, are joined into one, and so are the scripts: a page
waits for two answers. They are joined and compressed as the product starts.
"""

import gzip
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
SCRIPT = "script.js"
FOR_EVER = "public, max-age=31536000, immutable"


class Joined(NamedTuple):
    """Files as one, and the same compressed."""

    content: bytes
    compressed: bytes


class Assets(NamedTuple):
    """`digests`: of each file below static/, by its name there, and of the two that are joined."""

    joined: dict[str, Joined]
    digests: dict[str, str]


@blueprint.get(f"/{STYLE}")
@access.public
def style() -> Response:
    return _sent(STYLE, "text/css")


@blueprint.get(f"/{SCRIPT}")
@access.public
def script() -> Response:
    return _sent(SCRIPT, "text/javascript")


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
            "script": url_for("assets.script", v=assets.digests[SCRIPT]),
        }


def _add_digest(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static":
        values["v"] = _assets().digests.get(values["filename"])


def _sent(name: str, mimetype: str) -> Response:
    found = _assets().joined[name]
    packed = request.accept_encodings["gzip"] > 0
    response = Response(found.compressed if packed else found.content, mimetype=mimetype)
    if packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return _kept(response, name)


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
    names = {
        STYLE: [f"css/{name}.css" for name in SHEETS] + components,
        SCRIPT: [name for name in files if name.startswith("js/")],
    }
    joined = {whole: b"\n".join(files[name] for name in parts) for whole, parts in names.items()}
    digests = {name: _digest(content) for name, content in (files | joined).items()}
    return Assets({name: _joined(content) for name, content in joined.items()}, digests)


def _joined(content: bytes) -> Joined:
    return Joined(content, gzip.compress(content, mtime=0))


_read_once = cache(_read)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
