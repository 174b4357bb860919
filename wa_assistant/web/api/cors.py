"""Whose pages in a browser may call the API: those of CORS_ORIGINS, and nobody else's.

No origin is let in by a pattern, and none brings a session: who calls says who they are with an
Authorization. Before a call with more than plain words the browser asks by itself whether it may;
that is answered here, ahead of the gate, which it could not pass.
"""

from flask import Flask, Response, current_app, request

from .. import respond

METHODS = "GET, POST, PUT, DELETE, OPTIONS"
HEADERS = "Content-Type, Authorization"
KEPT_SECONDS = 600  # for so long a browser need not ask again


def init_app(app: Flask) -> None:
    """Before access: its before_request would send a browser that asks to the sign-in page."""
    app.before_request(_answer)
    app.after_request(_add)


def _answer() -> Response | None:
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    return Response(status=204) if asks and respond.by_program() else None


def _add(response: Response) -> Response:
    if not respond.by_program():
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin not in current_app.config["CORS_ORIGINS"]:
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = HEADERS
        response.headers["Access-Control-Max-Age"] = str(KEPT_SECONDS)
    return response
