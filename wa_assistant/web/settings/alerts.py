"""From when on owners are told of what."""

from flask_babel import lazy_gettext as _l

from .page import PLAIN, Page

NAMES = (
    "alert_errors_percent",
    "alert_slow_seconds",
    "alert_waiting_minutes",
    "alert_queue_seconds",
    "alert_disk_percent",
    "alert_model_days",
    "alert_certificate_days",
)
PAGE = Page(
    "alerts",
    _l("Alerts"),
    _l("From when on owners are told, and of what."),
    dict.fromkeys(NAMES, PLAIN),
)
