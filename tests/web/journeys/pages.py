"""Pages of journeys, sent as forms and read as words."""

import html
import re


def send(client, page, action="", /, **fields):
    """Load `page` and send its form, changed by `fields`, to `action`."""
    shown = client.get(page).text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    sent = {**form, **{name.replace("__", "."): value for name, value in fields.items()}}
    return client.post(action or page, data=sent)


def words(response) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.text)
    return html.unescape(re.sub(r"\s+", " ", plain))
