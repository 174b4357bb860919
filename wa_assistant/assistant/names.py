"""Words with a dot in them that are no address: brands, names of files, numbers of versions.

Told by their letters and by what stands before them. Where a sentence sends people there, a brand
is an address all the same.
"""

import re

SIGHT = 40  # characters before a name that are looked at

# A proper name has a capital, its ending has none: Booking.com, Node.js, README.md.
# In Latin letters: others are there to be taken for them.
BRAND = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-z0-9À-ÖØ-öø-ÿ-]*(?:\.[a-z]{2,})+")
DOT_NET = re.compile(r"[A-Z]{2,3}\.NET")  # ASP.NET, ADO.NET, VB.NET
# "M.Sc.", "p.s.eu volto", "Silva Ltda.ME".
SHORTENED = re.compile(
    r"[A-ZÀ-Þ]\.[A-ZÀ-Þ][a-zà-ÿ]{1,2}|(?:[^\W\d_]\.){2,}[^\W\d_]+|(?:Ltda|Cia|Eireli)\.[A-Z]{2}"
)
# Written small, too, and nobody else's. The Brazilian state's sign-in has no other name.
KNOWN = frozenset(
    (
        *("booking.com", "hoteis.com", "hotels.com", "amazon.com", "amazon.com.br", "globo.com"),
        *("gov.br", "socket.io", "draw.io", "last.fm", "monday.com", "discord.py", "asp.net"),
    )
)
# "Acesse Nome.com", "entre em Nome.com", "nosso site é Nome.com".
SENDS_THERE = re.compile(
    r"(?:\b(?:acess|visit|cliqu|abr[aie]|entr|ingres|confir[ae]|veja|v[áa]\b|baix[ae]|compr[ae]|"
    r"cadastr|click|open|go\b|see\b)\w*\W+(?:(?:em|no|na|o|a|ao|to|on|at|en|el|la|the|aqui|here)"
    r"\W+){0,2}"
    r"|\b(?:site|sítio|sitio|página|endereço|loja|link|website|page|web)\b"
    r"(?:\W+(?:\w+\W+){0,2}(?:é|is|es)\b|(?:\W+\w+){0,2}\s*:)\W*)$",
    re.IGNORECASE,
)
# "Pague em Nome.com", "você pode comprar pelo Nome.com", "mais informações em Nome.com".
_DO = (
    r"pag(?:ue|uem|ar)|compr(?:e|em|ar)|encomend(?:e|em|ar)|reserv(?:e|em|ar)|pe(?:ça|çam|dir)|"
    r"agend(?:e|em|ar)|assin(?:e|em|ar)|inscrev(?:a|am|er)(?:-se)?|particip(?:e|em|ar)|"
    r"garant(?:a|am|ir)|aproveit(?:e|em|ar)|conhe(?:ça|çam|cer)|descubr(?:a|am)|descobrir|"
    r"saib(?:a|am)|saber|le(?:ia|iam|r)|consult(?:e|em|ar)|simul(?:e|em|ar)|resgat(?:e|em|ar)|"
    r"confir(?:a|am)|vejam?|acess(?:e|em|ar)|cliquem?|entrem?|baix(?:e|em|ar)|visit(?:e|em|ar)|"
    r"(?<![aeu] )(?:paga|compra|reserva)(?=\W+en\b)|pid[ae]|suscríbete|descubre|conoce|"
    r"buy|pay|shop|order|book|learn|read|subscribe|check|find|get|register|sign up|details?"
)
_MORE = (
    r"(?:^|[.!?;\n]\W*)(?:mais|más|more)|(?:mais|más|more)\W+(?:info\w*|det[ae]\w+)|informações|"
    r"detalhes|información|detalles|information"
)
DOES_THERE = re.compile(
    rf"(?:\b(?:{_DO})|{_MORE})\W+(?:mais\W+|más\W+|more\W+|já\W+|agora\W+|ahora\W+|now\W+)?"
    r"(?:em|no|na|pelo|pela|por|via|en|at|on|from|through|atrav[eé]s d[eoa])\W+"
    r"(?:(?:o|a|el|la|the|site|app|link)\W+){0,2}$"
    # "Confira a oferta: Nome.com", "Saiba mais 👉 Nome.com".
    rf"|(?:\b(?:{_DO})|{_MORE})\b[^.!?:\n]{{0,30}}(?::|[-–—→➡👉👇>])[^\w\n]*$",
    re.IGNORECASE,
)
# Endings of source files that are top-level domains as well.
SOURCE = re.compile(r"[\w-]+\.(?:py|rs|sh|md|pl|cc|so|ps)", re.IGNORECASE)
STEMS = re.compile(
    r"(?:setup|main|manage|index|app|script|install|build|deploy|run|test|tests|conftest|config|"
    r"utils|models|views|readme|changelog|license|contributing|todo|notes|notas)\.\w+",
    re.IGNORECASE,
)
OF_A_FILE = re.compile(
    r"\b(?:arquivos?|ficheiros?|documentos?|scripts?|módulos?|códigos?|anexos?|archivos?|files?|"
    r"documents?|modules?|rod[ae]r?|execut\w+|run)\W+(?:\w+\W+){0,2}\w*$",
    re.IGNORECASE,
)
# "versão 10.2.33.1", "item 4.12.1.3", "R$ 1.234.200.100".
NUMBERED = re.compile(
    r"(?:\b(?:vers\w+|v|ver|release|firmware|build|itens|item|se[çc]\w+|artigo|art|cap\w*|"
    r"cl[áa]usula|section|clause|n[ºo°]?|total|código|protocolo|processo)\W*|[$€£]\s*)$",
    re.IGNORECASE,
)


def is_name(domain: str, before: str) -> bool:
    """Whether `domain`, which stands alone after `before`, is meant as a name."""
    if domain.lower() in KNOWN or DOT_NET.fullmatch(domain) or SHORTENED.fullmatch(domain):
        return True
    if SOURCE.fullmatch(domain) and (STEMS.fullmatch(domain) or OF_A_FILE.search(before)):
        return True
    sends = SENDS_THERE.search(before) or DOES_THERE.search(before)
    return bool(BRAND.fullmatch(domain)) and not sends


def is_ip(numbers: str, before: str) -> bool:
    """Whether four numbers that stand alone after `before` are an IP address, as messengers take
    them, and not those of a version or of a paragraph, which mostly have one digit each."""
    parts = numbers.split(".")
    plain = all(part.isdecimal() and int(part) < 256 for part in parts)
    return plain and any(len(part) > 1 for part in parts) and not NUMBERED.search(before)
