"""What every page stands in: its style sheets and scripts, the theme its reader chose."""

from typing import Any

from flask import Flask
from flask_login import current_user

from config import ROOT

STATIC = ROOT / "static"
# The first declares the layers; after it, a component's file may stand anywhere.
SHEETS = ("tokens", "base", "layout", "utilities")
THEMES = ("light", "dark")


def init_app(app: Flask) -> None:
    sheets, scripts = _sheets(), _files("js/*.js")

    @app.context_processor
    def context() -> dict[str, Any]:
        return {
            "stylesheets": _sheets() if app.debug else sheets,
            "scripts": _files("js/*.js") if app.debug else scripts,
            "theme": theme(),
        }


def theme() -> str | None:
    """The user's own choice; None where the system decides."""
    chosen = getattr(current_user, "theme", None)
    return chosen if chosen in THEMES else None


def _sheets() -> list[str]:
    return [f"css/{name}.css" for name in SHEETS] + _files("css/components/*.css")


def _files(pattern: str) -> list[str]:
    return sorted(str(path.relative_to(STATIC)) for path in STATIC.glob(pattern))
