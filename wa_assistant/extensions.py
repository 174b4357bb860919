"""The extensions, unbound; create_app binds them."""

from flask import Flask
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

from config import ROOT

from .database import db

__all__ = ["babel", "csrf", "db", "login", "with_migrations"]

login = LoginManager()
babel = Babel()
csrf = CSRFProtect()


def with_migrations(app: Flask) -> Flask:
    """The application as `flask db` and a start that migrates need it.

    No other does: what belongs to it takes 11 MB of each process.
    """
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(ROOT / "migrations"), compare_type=True)
    return app
