"""Marks by which models say where they have something from, as each maker writes them.

File search writes 【4:1†name】, newer models private characters around "cite" and "turn0file2",
which some servers take away and leave the words; others [^2^], [cite: 1, 2], [[1]], or elements
around the words that rest on a passage. Nothing of it is for who reads the answer. "[opcional]"
and "[7]" are: a mark is known by its form, a bare number by the passages that were told.
"""

import re

_LIST = r"\d{1,3}(?:\s{0,3}(?:,|;|e|and|y|&)\s{0,3}\d{1,3}){0,9}"
_GAP = r"[ \t]{0,3}"
_TURNS = r"(?:turn\d{1,3}[a-z]{2,20}\d{1,3})"  # "turn0file2"

PRIVATE = re.compile(_GAP + "\ue200[^\ue201]{0,200}\ue201|[\ue200-\ue20f]")
CITED = re.compile(
    rf"{_GAP}(?:【\s{{0,3}}(\d{{1,3}})(?:[:†,–-][^】\n]{{0,200}})?】"
    r"|【[^】\n†]{0,200}†[^】\n]{0,200}】"
    r"|\[\s{0,3}(\d{1,3})\s{0,3}†[^\]\n]{0,200}\]|\[doc\s?(\d{1,3})\]"
    rf"|\[(?:cite|citation|citação|cit|ref|reference)[:_ ]\s?({_LIST})\]|\[cite_start\]"
    r"|:contentReference\[oaicite:\d{1,3}\](?:\{index=\d{1,3}\})?"
    rf"|(?:file|nav)?cite{_TURNS}{{1,20}}|[\[(【]{_TURNS}(?:[,;†\s][^\])】\n]{{0,200}})?[\])】])"
)
NOTE = re.compile(rf"(?<=\S){_GAP}\[\^({_LIST})\^?\](?!:)")
RAISED = re.compile(rf"(?<=\S){_GAP}(?:\^\[({_LIST})\]\^?|<sup>\[({_LIST})\]</sup>)")
NOTES = re.compile(r"^[ \t]{0,3}\[\^\d{1,3}\^?\]:[^\n]*\n?", re.MULTILINE)
# Around what rests on a passage; the words stay.
AROUND = re.compile(
    r"<(?:cite|co)(?:\s[^<>\n]{0,100}|:\s?[\d,:\[\] ]{1,40})?>"
    r"|</(?:cite|co)(?::\s?[\d,:\[\] ]{1,40})?>"
)
NAMED = re.compile(
    _GAP + r"[\[(](?:passages?|passagens|passagem|trechos?|fontes?|sources?|doc(?:ument)?s?)"
    rf"\s{{0,3}}:?\s{{0,3}}({_LIST})[\])]",
    re.IGNORECASE,
)
DOUBLED = re.compile(rf"(?<=\S){_GAP}\[\[({_LIST})\]\](?:\([^)\s]{{0,200}}\))?")
NUMBERED = re.compile(rf"(?<=\S){_GAP}\[({_LIST})\](?!\()")
# What is to be typed or chosen is no citation.
CHOSEN = re.compile(
    r"(?:digit\w*|respond\w*|escolh\w*|op[cç](?:ão|ao|ões|oes|ión|iones)|tecl\w*|press\w*|type"
    r"|choose|options?|item|itens|n[uú]mero|envi\w*|mand\w*|reply|select|marq\w*|clique|ou|or)"
    r"[\s:*]*$",
    re.IGNORECASE,
)


def without(text: str, numbers: frozenset[int], found: list[int]) -> str:
    """`text` without them; the numbers of passages in them are added to `found`. Of those that
    stand bare, or behind a word, only `numbers` are such."""

    def cited(mark: re.Match[str]) -> str:
        found.extend(
            int(each) for group in mark.groups() for each in re.findall(r"\d+", group or "")
        )
        return ""

    def may_be_cited(mark: re.Match[str]) -> str:
        named = {int(each) for each in re.findall(r"\d+", mark[1])}
        return cited(mark) if named <= numbers and not is_chosen(mark) else mark[0]

    def is_chosen(mark: re.Match[str]) -> bool:
        return bool(CHOSEN.search(text_so_far[max(0, mark.start() - 30) : mark.start()]))

    text = AROUND.sub("", CITED.sub(cited, PRIVATE.sub("", text)))
    text = RAISED.sub(cited, NOTE.sub(cited, NOTES.sub("", text)))
    for pattern in (NAMED, DOUBLED, NUMBERED):
        text_so_far = text
        # Of what is to be chosen each has a number, and the word stands before the first alone.
        if pattern is NUMBERED and any(map(is_chosen, pattern.finditer(text))):
            break
        text = pattern.sub(may_be_cited, text)
    return text
