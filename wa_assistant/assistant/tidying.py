"""The words of a reply without what is not for the participant: escapes that were escaped twice,
and marks of citation. Code and paths stay as they are."""

import json
import re
from collections.abc import Callable

from . import citations, sentences

# Where any of these stands, there may be something to tidy; plain words have none.
STRANGE = re.compile(
    r"[\\【\[{<`\ue200-\ue20f]|turn\d|^\s*[\"']|\((?:passa|trecho|fonte|source|doc)",
    re.IGNORECASE,
)
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
ESCAPE = re.compile(r"\\(?:r\\n|[nrt\"'/]|u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|u[0-9a-fA-F]{4})")
LINE_ENDS = re.compile(r"(?:\\r)?\\n|\\r")
ANEW = re.compile(r"\\n(?:\\n|[A-ZÀ-Ý\d*•-])")  # a line, and no word of code
PATH = re.compile(r"[A-Za-z]:\\|\\\\\w|%\w{1,40}%\\")
# Of a token that is a path or a pattern, not of words that lost their line ends.
NOT_ESCAPES = re.compile(r"\\(?![nrt\"'/]|u[0-9a-fA-F]{4})")
QUOTED = re.compile(r"[\"'“‘(]\\[nrt][\"'”’)]|[(=][\"'][^\"']{0,200}\\[nrt]")

LEAST_KEPT = 0.3  # of what was cut off, in whole sentences
ENDED = re.compile(r"[.!?…][\"”’)*_~]{0,4}$|[\U0001f300-\U0001faff]$")


def tidied(text: str, *, numbers: frozenset[int] = frozenset()) -> tuple[str, list[int]]:
    """The words, and the numbers of the passages that were cited in them. `numbers` are those that
    may be such."""
    if not STRANGE.search(text):
        return text.strip(), []
    found: list[int] = []
    words = _outside_code(text, lambda each: citations.without(each, numbers, found))
    if "\\" in words:
        has_lines = "\n" in words
        words = _outside_code(words, lambda each: _unescaped(each, has_lines=has_lines))
    return words.strip(), sorted(set(found))


def up_to_its_last_sentence(text: str) -> str:
    """What is whole of a text that was cut off; "" where that is too little to go by."""
    text = text.rstrip()
    if ENDED.search(text[-8:]):
        return text
    ends = [text.rfind("\n")]
    for found in sentences.END.finditer(text):
        if not sentences.is_abbreviated(text[max(0, found.start() - 40) : found.start()]):
            ends.append(found.start())
    kept = text[: max(0, *ends)].rstrip()
    return kept if len(kept) >= LEAST_KEPT * len(text) else ""


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    kept, end = [], 0
    for code in CODE.finditer(text):
        kept += [change(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*kept, change(text[end:])])


def _unescaped(text: str, *, has_lines: bool) -> str:
    """Line ends that are spelled are line ends, unless the text has such of its own."""

    def plain(found: re.Match[str]) -> str:
        word = found[0]
        if "\\" not in word or any(each.search(word) for each in (PATH, NOT_ESCAPES, QUOTED)):
            return word
        if word == r"\n" and text[found.end() : found.end() + 2].strip()[:1].islower():
            return word  # it is spoken of
        if has_lines and LINE_ENDS.search(word) and not ANEW.search(word):
            return word
        return ESCAPE.sub(_character, word)

    return re.sub(r"\S+", plain, text)


def _character(found: re.Match[str]) -> str:
    spelled = found[0]
    if LINE_ENDS.fullmatch(spelled):
        return "\n"
    if spelled[1] == "u":
        said: str = json.loads(f'"{spelled}"')
        return said.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return " " if spelled == r"\t" else spelled[1]
