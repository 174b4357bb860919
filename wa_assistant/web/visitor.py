"""Where a request comes from: the address that the proxies before us vouch for.

Each of TRUSTED_PROXIES proxies adds to X-Forwarded-For whom it was asked by: so many from the right
stands the visitor, and what is further left was said by themselves. What is no address there counts
as the proxy's own, so that nobody invents one. How we are called from outside is PUBLIC_URL, and
nobody's X-Forwarded-Host.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from flask import Flask, current_app, has_request_context, request
from werkzeug.middleware.proxy_fix import ProxyFix

from .. import audit, logs

log = logs.get(__name__)

# As proxies write it; those of clouds add the port.
WITH_PORT = re.compile(r"(?:(\d+(?:\.\d+){3})|\[([0-9A-Fa-f:.]+)\])(?::\d+)?")


def init_app(app: Flask) -> None:
    audit.places_from(app, address)  # from where a deed comes
    number = app.config["TRUSTED_PROXIES"]
    if number:
        fixed = ProxyFix(app.wsgi_app, x_for=number, x_proto=number)
        app.wsgi_app = fixed  # type: ignore[method-assign]


def address() -> str:
    """Of the visitor, as it is written; "" where the server does not say, and outside a request."""
    if not has_request_context():
        return ""
    if not current_app.config["TRUSTED_PROXIES"]:
        _tell_of_a_proxy()
    original = request.environ.get("werkzeug.proxy_fix.orig", {}).get("REMOTE_ADDR")
    for text in (request.remote_addr, original):
        found = _parsed(text or "")
        if found:
            return str(found)
    return ""


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    with_port = WITH_PORT.fullmatch(text)
    try:
        found = ip_address(with_port[1] or with_port[2] if with_port else text)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        # Without the zone, which is the visitor's to choose.
        return found.ipv4_mapped or IPv6Address(int(found))
    return found


def _tell_of_a_proxy() -> None:
    """Once: until it is known, all who come through it are one visitor to us."""
    if "told_of_a_proxy" in current_app.extensions or "X-Forwarded-For" not in request.headers:
        return
    here = _parsed(request.remote_addr or "")
    if here is None or here.is_private:
        current_app.extensions["told_of_a_proxy"] = True
        log.warning("a proxy hands requests on, and TRUSTED_PROXIES is 0: all count as one visitor")
