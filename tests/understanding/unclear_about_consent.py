"""What people reply to the prompt for consent, and is neither a yes nor a no."""

SAID = """
sim mas não agora
sim, mas não agora
sim, agora não
agora não, mas depois sim
ok, mas agora não
tá bom, mas não hoje
pode ser amanhã?
pode ser que sim
pode ser que não
pode ser?
pode ser mais tarde
não pode ser
isso não
isso é golpe?
isso o quê?
isso aí não
fechado para almoço
está fechado?
vocês fecharam?
uhum?
uhum, mas antes uma dúvida
hum
hmm
tá bom de preço
tá bom?
tá?
tá bom, quanto custa?
tá bom assim?
tá louco
tá caro
show do Roberto Carlos
ótimo atendimento
perfeito, mas tenho dúvidas
tudo bem
tudo bem?
tudo bem com vocês
beleza?
oi, beleza
oi, tá bom
ótimo dia
de boa?
vale a pena?
vale quanto?
👍?
👍👎
🤔
😂
🙏
❤️
😊
👍 😂
❓
sim 👎
sim 😂
tá bom 😒
pode ser 😂
fechado 👎
talvez
acho que sim
acho que não
quem sabe
vou pensar
depois eu vejo
mais tarde
depois
ainda não
ainda não sei
não sei
sei lá
tanto faz
se for de graça pode ser
pode ser se não custar nada
sim se não custar
deixa eu pensar
deixa eu ver
deixa pra amanhã
deixa que eu leio
melhor não responder isso
não precisa de cadastro?
não entendi
não li ainda
agora não entendi
agora não posso ler tudo, mas quero
hoje não trabalho
por que não?
como assim?
o que é isso?
que isso
nada disso?
sin problema no sé
si pero ahora no
sí, pero no hoy
si no hay costo
si me explican
no sé
no entiendo
¿sí?
quizás
tal vez
puede ser?
claro como el agua
claro que no sé
claro que no entiendo
claro que no sábado pode ser
demorou
demorou muito
massa
aham tá
no problem
not sure
maybe
maybe later
yes but later
ok but not now
sounds good to whom?
fine, I guess
why?
what?
voltar
simples
1
sim e não
não, tá bom
não, pode ser
não sim
sim não
tá bom não
topo da montanha
partiu praia
passo
bem
oi
obrigado
sim, eu li e não concordo
pode ser que sim, pode ser que não
se não for cobrar nada, sim
ok, vou pensar
sí, pero después
aceita cartão?
sim? que sim?
quem pode ver? pode ser só você?
prefiro não agora mas depois sim
acho que não entendi
acho que não tem problema
melhor não mudar nada
prefiro não ligar, pode mandar
prefiro não?
por enquanto não vi nada
"""
