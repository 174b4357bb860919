"""The headers that every answer carries, whatever became of the request.

Whose pages in a browser may call the API stands in them, too: those of CORS_ORIGINS, and nobody
else's. No origin is let in by a pattern, and none brings a session: who calls says who they are
with an Authorization. Before a call with more than plain words the browser asks by itself whether
it may; that is answered here, ahead of the gate, which it could not pass.
"""

import secrets

from flask import Flask, Response, current_app, g, request

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-XSS-Protection": "1; mode=block",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
HTTPS_ONLY = "max-age=31536000; includeSubDomains"
# Of what is no page: should a browser show it as one all the same, nothing in it works.
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

METHODS = "GET, POST, PUT, DELETE, OPTIONS"
ALLOWED = "Content-Type, Authorization"
KEPT_SECONDS = 600  # for so long a browser need not ask again


def init_app(app: Flask) -> None:
    """Before access: its before_request would send a browser that asks to the sign-in page."""
    app.before_request(_answer)
    app.after_request(_add)
    app.context_processor(lambda: {"csp_nonce": nonce})


def nonce() -> str:
    """The request's own nonce, without which no script runs."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    value: str = g.csp_nonce
    return value


def by_program() -> bool:
    """Whether no page is asked for, but JSON."""
    return request.path.startswith("/api/")


def _answer() -> Response | None:
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    return Response(status=204) if asks and by_program() else None


def _add(response: Response) -> Response:
    headers = response.headers
    if by_program():
        _say_who_may_call(response)
    _say_when(response)
    is_page = response.mimetype == "text/html"
    headers.setdefault("Content-Security-Policy", _policy() if is_page else NOTHING)
    if is_page:
        headers.setdefault("Vary", "HX-Request, Cookie")
    for name, value in EVERYWHERE.items():
        headers.setdefault(name, value)
    if current_app.config["PUBLIC_URL"].startswith("https:"):
        headers["Strict-Transport-Security"] = HTTPS_ONLY
    return response


def _say_who_may_call(response: Response) -> None:
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin not in current_app.config["CORS_ORIGINS"]:
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = ALLOWED
        response.headers["Access-Control-Max-Age"] = str(KEPT_SECONDS)


def _say_when(response: Response) -> None:
    """The library of the rate limits says when to come back with every answer: that is for who was
    refused."""
    if response.status_code != 429:
        response.headers.pop("Retry-After", None)
    elif "counted" in g and "Retry-After" in response.headers:
        later = int(response.headers["Retry-After"])
        response.headers["Retry-After"] = str(max(1, later))


def _policy() -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce()}'",
            "style-src 'self'",
            "img-src 'self'",
            "media-src 'self' blob:",  # a voice message is heard before it is sent
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
