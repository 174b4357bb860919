"""Users' pictures, which come from GitHub once and from our own server ever after."""

import pytest

from tests.cast import only, rows
from tests.doubles.github import PIXEL, verified
from tests.doubles.server import Response, answer_json
from tests.web.team.visits import comes, is_in
from wa_assistant.clients import github as client_of_github
from wa_assistant.models import User, UserPicture

COMPANY = pytest.mark.environment(ALLOWED_EMAIL_DOMAINS="company.com, company.com.br")

pytestmark = [COMPANY, pytest.mark.usefixtures("context")]


def arrives(client, github) -> int:
    github.person.emails = [verified("caio@company.com")]
    comes(client)
    return int(only(User).id)


def test_the_picture_comes_along_once_and_from_our_own_server(app, client, github):
    user_id = arrives(client, github)
    picture = client.get(f"/users/{user_id}/picture")
    assert (picture.data, picture.mimetype) == (PIXEL, "image/png")
    assert picture.cache_control.private
    assert picture.cache_control.max_age
    assert f'src="/users/{user_id}/picture"' in client.get("/preferences").text
    comes(app.test_client())
    assert len(github.asked(f"/u/{github.person.id}")) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Response(200, b"<svg onload=alert(1)>", {"Content-Type": "image/png"}),
        Response(200, b"<html>", {"Content-Type": "text/html"}),
        Response(200, PIXEL + b"\0" * 300_000, {"Content-Type": "image/png"}),
        Response(200, b"", {"Content-Type": "image/png"}),
        Response(302, b"", {"Location": "http://127.0.0.1:9/x.png"}),
        answer_json({"message": "no"}, 500),
    ],
    ids=["svg", "html", "large", "empty", "elsewhere", "away"],
)
def test_what_is_no_small_picture_is_not_kept_and_keeps_nobody_out(client, github, answer):
    github.person.picture = answer
    user_id = arrives(client, github)
    assert is_in(client)
    assert client.get(f"/users/{user_id}/picture").status_code == 404
    assert not rows(UserPicture)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest",
        "https://evil.example/x.png",
        "https://githubusercontent.com.evil.example/x.png",
        "http://avatars.githubusercontent.com/u/1",
        "https://user@avatars.githubusercontent.com/u/1",
        "file:///etc/passwd",
        "//[",
        "",
    ],
)
def test_pictures_are_asked_for_at_github_s_alone(app, url):
    assert not client_of_github._may_be_asked(url)


def test_a_picture_at_github_s_own_host_may_be_asked_for():
    assert client_of_github._may_be_asked("https://avatars.githubusercontent.com/u/1?v=4")
