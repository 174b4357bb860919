"""What brings somebody back who has stopped, and what does not."""

MEANT = """
return me coloca de volta
return me coloca de volta por favor
return me coloquem de volta na lista
return mudei de ideia, quero voltar
return Mudei de ideia
return me arrependi, quero voltar
return pensei melhor, quero voltar
return quero voltar
return quero voltar a receber
return quero voltar a receber mensagens
return quero receber mensagens de novo
return quero receber de novo
return pode voltar a me mandar mensagens
return podem mandar mensagens de novo
return pode mandar
return voltei
return oi, voltei!
return estou de volta
return tô de volta
return me adiciona de novo
return me inclui novamente
return me cadastra de novo
return quero me inscrever de novo
return quero participar de novo
return quero continuar
return reativar
return gostaria de reativar
return posso voltar
return quero voltar agora
return volta
return sim, quero voltar
return recomeçar
return quero voltar pra lista
return volver
return quiero volver
return quiero volver a recibir mensajes
return regresar
return cambié de opinión, quiero volver
return quiero darme de alta
return estoy de vuelta
return I changed my mind
return changed my mind, I want to come back
return put me back
return add me back please
return sign me up again
return I want to receive messages again
return resume
return opt me back in
stop   sair
return quero voltar a receber as mensagens
return pode me mandar mensagem de novo
return me arrependi, quero continuar recebendo
"""
NOT_MEANT = """
quero voltar para casa
não quero voltar
não, quero voltar
voltar?
me coloca de volta não
não me coloca de volta
volta quanto de troco?
quando vocês voltam?
ele voltou
pode mandar o preço
quero receber meu dinheiro de volta
quero meu dinheiro de volta
não mudei de ideia
não, mudei de ideia
mudei de ideia?
mudei de ideia sobre o bolo
quero continuar sem mensagens
não me adiciona de novo
quero participar do sorteio
estou de volta ao trabalho
sim
ok
obrigada
👍
tá bom
quiero volver a casa
no quiero volver
alta velocidade
back pain
I changed my mind about the cake
don't put me back
return policy
start of the day
vocês voltam a abrir que horas?
amanhã eu volto a ligar
obrigada, já saí da lista né?
"""
