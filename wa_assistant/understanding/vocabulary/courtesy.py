"""What people say around what they mean: the one list of courtesies.

First the words, in groups; below, what each reader takes of them. A reader leaves out a group only
where its words could be the very thing it looks for, and says so.
"""

from ..grammar import each, phrases

HELLO = phrases("oi / oie / oii / ola / opa / hi / hello / hey / hola / buenas")
CALLING = phrases("alo")  # "is anybody there?" as well as "hello"
WHATS_UP = phrases("e ai / eai")
OF_THE_DAY = phrases("""
    bom dia / boa tarde / boa noite / good morning / good afternoon / good evening /
    buenos dias / buenas tardes / buenas noches
""")
ADDRESS = phrases("senhor / senhora / moca / moco / amigo / amiga / pessoal")
LETTER = phrases("prezado / prezada / prezados")
ALL_WELL = phrases("tudo bem / tudo bom / tudo certo")
TUDO_JOIA = phrases("tudo joia")
HOW_ARE_YOU = phrases("como vai / how are you")
POR_GENTILEZA = phrases("por gentileza")
POLITE = POR_GENTILEZA | phrases("por favor / please")
URGING = phrases("favor / faz favor / pelo amor de deus / urgente / kindly / urgent / por dios")
ONE_WORD_THANKS = phrases("obrigado / obrigada / thanks / gracias")
PLAIN_THANKS = ONE_WORD_THANKS | phrases("""
    muito obrigado / muito obrigada / thank you / thank you very much / many thanks /
    muchas gracias
""")
# Thanks that mean something else too: "valeu" it was worth it, "brigada" at odds, "grata" grateful.
LOOSE_THANKS = phrases("brigado / brigada / grato / grata / valeu")
GRATEFUL = phrases("agradeco")
WELCOME = phrases("de nada / imagina / you are welcome")
OK = phrases("ok / okay / okey / beleza")
NOTED = phrases("certo / combinado / entendi")
GOT_IT = phrases("ta / ta bom / ta certo / all right / alright / got it")
PRAISE = phrases("perfeito / otimo / legal / show / fine / great / perfect")
GOOD_NIGHT = phrases("good night")
BYE = phrases("tchau / abraco / abracos / bye / goodbye")
FAREWELL = (
    BYE
    | GOOD_NIGHT
    | phrases("""
    ate logo / ate mais / ate breve / ate la / um abraco / beijo / beijos / bye bye / see you
""")
)
THAT_IS_ALL = phrases("so isso / e so isso / e so / thats all / that is all")
LAUGHTER = phrases("k / rs / haha / hahaha")

# Beside a command, a yes or a no: understanding/matcher.py. A goodbye, a laugh or an "entendi" may
# change what the rest decides, and "alô" may ask whether anybody listens: with them it is unknown.
GREETING = HELLO | WHATS_UP | OF_THE_DAY | ADDRESS
# Apart from them: "tudo bem" greets beside a greeting, and alone it may as well be an answer.
WELL = (
    ALL_WELL
    | TUDO_JOIA
    | HOW_ARE_YOU
    | phrases("""
    tudo bem com voce / tudo bem com voces / tudo bem por ai / como vai voce / how are you doing
""")
)
PLEASE = POLITE | URGING
THANKS = PLAIN_THANKS | LOOSE_THANKS

# Beside an answer of a stage, or in its place: journey/unaided/no_answer.py. "Amigo", "urgente",
# "ótimo", and "tudo bem" without a greeting, may be the answer itself.
_OPENING = HELLO | CALLING | WHATS_UP | OF_THE_DAY
_WELL_WITH_YOU = each(ALL_WELL | TUDO_JOIA | {"como vai"}, "com voce / com voces / por ai")
BESIDE_AN_ANSWER = (
    (_OPENING | each(_OPENING, WELL | _WELL_WITH_YOU))
    | (POLITE | THANKS | GRATEFUL | WELCOME)
    | (OK | NOTED | GOT_IT)
    | (FAREWELL | THAT_IS_ALL | LAUGHTER)
)

# Beside what is read as a value: journey/values.py. Without loose thanks: "não valeu" is no thanks.
BESIDE_A_YES_OR_NO = POLITE | PLAIN_THANKS
BESIDE_AN_OPTION = BESIDE_A_YES_OR_NO | HELLO

# Beside what is looked up in the documents: understanding/courtesies.py. A search knows single
# words only: of "thank you" it knows "thank". "Beijo" and "joia" may be asked after: a sweet, a
# jewel. "Favor" and "please" it never looks for anyway.
_THANKING = ONE_WORD_THANKS | LOOSE_THANKS | GRATEFUL | {"thank"}
NEVER_LOOKED_UP = HELLO | CALLING | LETTER | OK | BYE | _THANKING
# Left out as a whole: "noite" may be asked after.
NEVER_LOOKED_UP_WHOLE = OF_THE_DAY | GOOD_NIGHT | ALL_WELL | TUDO_JOIA | POR_GENTILEZA
# Not looked up where their words are all there is.
_WELCOMING = OF_THE_DAY | GOOD_NIGHT | ALL_WELL | POR_GENTILEZA
NOT_LOOKED_UP_ALONE = _WELCOMING | NOTED | PRAISE | {"yes"}
