"""How people who have stopped come back."""

from ..grammar import phrases

RETURN = phrases("""
    voltar / quero voltar / eu quero voltar / quero voltar a receber / retornar / retomar /
    reativar / return / start / back / come back / i want to come back / i am back / start again /
    unstop / resubscribe / subscribe
""")
