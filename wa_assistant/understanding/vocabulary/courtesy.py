"""What people say around what they mean, and what decides nothing."""

from .ways import phrases

GREETING = phrases("""
    oi / oie / ola / opa / e ai / eai / bom dia / boa tarde / boa noite / senhor / senhora / moca /
    moco / amigo / amiga / pessoal / hi / hello / hey / good morning / good afternoon /
    good evening
""")
# A greeting beside another; alone it may as well be an answer.
WELL = phrases("""
    tudo bem / tudo bom / tudo certo / tudo joia / tudo bem com voce / tudo bem com voces /
    tudo bem por ai / como vai / como vai voce / how are you / how are you doing
""")
PLEASE = phrases("""
    por favor / por gentileza / faz favor / pelo amor de deus / urgente / please / kindly / urgent
""")
THANKS = phrases("""
    obrigado / obrigada / muito obrigado / muito obrigada / brigado / brigada / grato / grata /
    valeu / thanks / thank you / thank you very much / many thanks
""")
