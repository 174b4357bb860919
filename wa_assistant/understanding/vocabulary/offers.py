"""How people say whether they want offers, which is apart from whether they want messages at all.

Who wants one now asks for it ("quero promoções") and agrees to nothing.
"""

from ..grammar import each, phrases
from .stopping import HALT, I_WANT

OFFERS = """
    ofertas / promocoes / propaganda / propagandas / publicidade / anuncio / anuncios /
    comunicacao de marketing / marketing
"""
ONE = "oferta / promocao"
IN_ENGLISH = "offers / your offers / promotions / promotional messages / ads / marketing"
THEIRS = "- / as / suas / as suas / essas"

ACCEPT_OFFERS = (
    each(
        "- / sim / eu / sim eu",
        "aceito / autorizo / aceito receber / quero receber / autorizo receber / "
        "concordo em receber / gostaria de receber / aceito voltar a receber / "
        "quero voltar a receber / voltar a receber",
        THEIRS,
        OFFERS,
    )
    | phrases("autorizo o envio de ofertas / autorizo o envio de promocoes")
    | each(
        "- / yes",
        "i accept / accept / i agree to / i agree to receive / i agree to get / "
        "i want to receive / i want to get / i would like to receive / i would like to get",
        IN_ENGLISH,
    )
    | each("- / si / si yo", "acepto / acepto recibir / quiero recibir", "ofertas / promociones")
)
REFUSE_OFFERS = (
    each(
        "- / eu",
        "nao quero / nao desejo / nao aceito / nao autorizo",
        "- / mais / receber / mais receber / receber mais",
        THEIRS,
        OFFERS + "/" + ONE,
    )
    | each("- / preciso / favor / " + I_WANT, "parar de / deixar de", "receber", THEIRS, OFFERS)
    | each("para / chega / " + HALT, "de", "- / me", "- / mandar / enviar", THEIRS, OFFERS)
    | each("parar / cancelar / pare / parem / cancele", "- / com", THEIRS, OFFERS)
    | each("sem", "- / mais", OFFERS)
    | each(
        "- / eu",
        "retiro / revogo",
        "- / o / a",
        "meu consentimento / minha autorizacao",
        "para / de",
        OFFERS,
    )
    | each("no / no more / stop / stop sending / stop sending me / do not send me", IN_ENGLISH)
    | each(
        "i do not want / i no longer want / i do not accept",
        "- / to receive / to get",
        "- / any / more / any more",
        IN_ENGLISH,
    )
    | each("no quiero / no acepto", "- / mas / recibir / recibir mas", "ofertas / promociones")
)
