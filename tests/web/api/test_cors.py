"""Whose pages may call the API, and what it says to programs."""

import pytest

APP, OTHER = "https://app.example.com", "https://evil.example.com"
ALLOWED = pytest.mark.environment(CORS_ORIGINS=f"{APP}, http://localhost:3000")
# What looks like ours to whoever compares beginnings, ends or patterns.
LIKE_IT = [
    OTHER,
    "null",
    "",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com.evil.com",
    "https://evilapp.example.com",
    "https://app-example.com",
    "HTTPS://APP.EXAMPLE.COM",
]


def preflight(client, origin, path="/api/health", method="PUT"):
    asks = {"Origin": origin, "Access-Control-Request-Method": method}
    return client.options(path, headers=asks)


def said(response) -> dict[str, str]:
    return {name: v for name, v in response.headers if name.startswith("Access-Control")}


def test_the_api_says_what_health_says(client):
    api, page = (client.get(path).json for path in ("/api/health", "/health"))
    assert api["checks"] == page["checks"]
    assert api.keys() == page.keys()


@ALLOWED
def test_an_origin_that_is_listed_may_call(client):
    response = client.get("/api/health", headers={"Origin": APP})
    assert said(response) == {"Access-Control-Allow-Origin": APP}
    assert "origin" in response.vary
    assert "Set-Cookie" not in response.headers


@ALLOWED
@pytest.mark.parametrize("path", ["/api/health", "/api/what-comes-later"])
def test_a_browser_that_asks_first_is_answered_ahead_of_the_gate(client, path):
    response = preflight(client, APP, path)
    assert (response.status_code, response.data) == (204, b"")
    assert said(response) == {
        "Access-Control-Allow-Origin": APP,
        "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
        "Access-Control-Allow-Headers": "Content-Type, Authorization",
        "Access-Control-Max-Age": "600",
    }


@ALLOWED
@pytest.mark.parametrize("origin", LIKE_IT)
def test_no_other_origin_is_let_in(client, origin):
    for response in (
        client.get("/api/health", headers={"Origin": origin}),
        preflight(client, origin),
    ):
        assert said(response) == {}
        assert "Origin" in response.headers["Vary"]


def test_none_is_let_in_where_none_is_listed(client):
    for origin in (APP, "*", "null"):
        assert said(client.get("/api/health", headers={"Origin": origin})) == {}
        assert said(preflight(client, origin)) == {}


@ALLOWED
@pytest.mark.parametrize("path", ["/", "/health", "/sign-in", "/privacy", "/api", "/apis/x"])
def test_pages_are_for_our_own_origin_alone(client, path):
    assert said(client.get(path, headers={"Origin": APP})) == {}
    assert said(preflight(client, APP, path)) == {}


@ALLOWED
def test_what_goes_wrong_is_json_that_the_caller_can_read(client):
    response = client.get("/api/nothing", headers={"Origin": APP})
    assert response.status_code == 404
    assert response.json == {"error": "There is nothing here (any more)."}
    assert said(response) == {"Access-Control-Allow-Origin": APP}
    assert client.delete("/api/health").json == {
        "error": "This address is not meant to be called that way."
    }
