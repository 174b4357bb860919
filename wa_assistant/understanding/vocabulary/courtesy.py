"""What people say around what they mean: the one list of courtesies.

First the words, in groups; then what each reader takes of them. A reader leaves out a group only
where its words could be what it looks for, and says so.
"""

from ..grammar import each, phrases

HELLO = phrases("oi / oie / oii / ola / opa / hi / hello / hey")
CALLING = phrases("alo")
WHATS_UP = phrases("e ai / eai")
OF_THE_DAY = phrases("""
    bom dia / boa tarde / boa noite / good morning / good afternoon / good evening
""")
ADDRESS = phrases("senhor / senhora / moca / moco / amigo / amiga / pessoal")
LETTER = phrases("prezado / prezada / prezados")
ALL_WELL = phrases("tudo bem / tudo bom / tudo certo")
ALL_FINE = phrases("tudo joia")
HOW_ARE_YOU = phrases("como vai / how are you")
KINDLY = phrases("por gentileza")
POLITE = KINDLY | phrases("por favor / faz favor / please")
URGING = phrases("pelo amor de deus / urgente / kindly / urgent")
THANK = phrases("obrigado / obrigada / brigado / brigada / grato / grata / valeu / thanks")
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

# Beside a command, a yes or a no (meanings.py). "Alô" may ask whether anybody is there, and a
# goodbye or an "entendi" may be all the decision there is: they decide nothing, nor do they pass.
GREETING = HELLO | WHATS_UP | OF_THE_DAY | ADDRESS
# A greeting beside another; alone it may as well be an answer.
WELL = (
    ALL_WELL
    | ALL_FINE
    | HOW_ARE_YOU
    | phrases("""
    tudo bem com voce / tudo bem com voces / tudo bem por ai / como vai voce / how are you doing
""")
)
PLEASE = POLITE | URGING
THANKS = THANK | phrases("""
    muito obrigado / muito obrigada / thank you / thank you very much / many thanks
""")

# Beside an answer of a stage, or in its place (journey/unaided/no_answer.py). "Amigo", "urgente",
# "ótimo", and "tudo bem" without a greeting, may be the answer itself.
BESIDE_AN_ANSWER = (
    HELLO
    | CALLING
    | WHATS_UP
    | OF_THE_DAY
    | each(
        HELLO | CALLING | WHATS_UP | OF_THE_DAY,
        WELL | each(ALL_WELL | ALL_FINE | {"como vai"}, "com voce / com voces / por ai"),
    )
    | POLITE
    | THANKS
    | GRATEFUL
    | WELCOME
    | OK
    | NOTED
    | GOT_IT
    | FAREWELL
    | THAT_IS_ALL
    | LAUGHTER
)

# In what is looked up in the documents (courtesies.py). Single words, because a search knows no
# other; "thank" is what it knows of "thank you". "Beijo" may be a sweet.
NEVER_ASKED_AFTER = HELLO | CALLING | LETTER | THANK | {"thank"} | GRATEFUL | OK | BYE
# Left out as a whole phrase: "noite" may be asked after. (A search knows no "favor" anyway.)
NOT_ASKED_AFTER_WHOLE = OF_THE_DAY | GOOD_NIGHT | ALL_WELL | ALL_FINE | KINDLY
# By their words, where there are no others. "Joia" may be a jewel.
NOT_ASKED_AFTER_ALONE = OF_THE_DAY | GOOD_NIGHT | ALL_WELL | KINDLY | NOTED | PRAISE | {"yes"}
