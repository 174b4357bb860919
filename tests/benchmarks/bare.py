"""What a webhook costs at least: Flask verifies Twilio's signature and answers, and keeps nothing.

gunicorn runs it as it runs the product; tests/benchmarks/engine.py compares the two.
"""

import os

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator

app = Flask(__name__)
validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])


@app.post("/whatsapp/webhook")
def webhook() -> Response:
    url = f"{os.environ['PUBLIC_URL']}{request.full_path.rstrip('?')}"
    if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
        abort(403)
    return Response('<?xml version="1.0" encoding="UTF-8"?><Response/>', content_type="text/xml")
