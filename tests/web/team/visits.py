"""Sign-ins with GitHub, without a window."""

from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import rows
from tests.web.people import link, submit
from wa_assistant.models import AuditEntry, Role, Session, User, UserPicture

TOKEN, EMAILS = "/login/oauth/access_token", "/user/emails"


def there(client: FlaskClient) -> str:
    """To GitHub; where it sends the browser back to."""
    way = client.get("/sign-in/github").location
    page = requests.get(way or "", allow_redirects=False, timeout=10)
    back = urlsplit(page.headers["Location"])
    return f"{back.path}?{back.query}"


def comes(client: FlaskClient, **headers: Any) -> TestResponse:
    """There, and back."""
    response: TestResponse = client.get(there(client), headers=headers)
    return response


def is_in(client: FlaskClient) -> bool:
    return bool(client.get("/").status_code == 200)


def nothing_is_half_done() -> bool:
    return not any(rows(table) for table in (User, Session, AuditEntry, UserPicture))


def invited(app: Flask, email: str, role: Role = Role.EDITOR) -> None:
    """Somebody who has a link, and has used it."""
    path = link(app, email, role)
    submit(app.test_client(), path, path)
