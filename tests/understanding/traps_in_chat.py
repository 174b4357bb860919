"""What is neither a stop nor a call for a person in a chat, though it has their words."""

NOT_MEANT = """
cancelar inscrição no evento
quero cancelar minha inscrição no curso
quero cancelar a compra
cancelar o pedido 123
o cancelamento da inscrição foi feito?
quando posso cancelar a inscrição?
cancelar a consulta de amanhã
quero cancelar o recebimento do boleto
recebimento de mercadorias é comigo
não para de chover
para de chover que eu vou
ele não para de me encher
meu chefe não para de me encher o saco
para de graça
para de fumar é difícil
quero parar de trabalhar
quero parar de enviar currículos
quero parar de escrever
quero parar de incomodar os outros
preciso parar de procrastinar
preciso parar um pouco
preciso sair da zona de conforto
vou sair da empresa
vou sair da lista de espera
quero sair da lista de espera
sair da rotina
quero sair do Brasil
sair com os amigos
gosto de sair
para mim
para isso
para sempre
para agora
para já
para hoje
para todos
para quem?
para o mês que vem
chega amanhã?
chega agora
já chega cedo
o pedido não chega
basta isso
fim de semana
no fim deu certo
não quero mais trabalhar aí
não quero mais bolo de chocolate
não me chame de senhora
não me esqueça
me deixa pensar
me deixa ver
deixa comigo
me tira uma dúvida
me tira do sério
tira foto
não aguento mais meu trabalho
não aguento mais esperar a entrega
não recebi a mensagem
não recebo mensagens de vocês
quero receber mensagens
pode mandar mensagem
pode mandar o catálogo
manda o preço
me manda o cardápio
não manda o cardápio ainda
não pare de me mandar mensagens
não quero parar de receber
parei de receber mensagens de vocês, o que houve?
parei de receber mensagens
por que parei de receber mensagens?
meu celular parou de receber mensagens
vocês pararam de mandar mensagens
posso parar de receber a vacina?
quero parar de receber o boleto em papel
dejé de recibir mensajes
no quiero dejar de recibir mensajes
I stopped getting messages from you
não quero sair da lista
não me tire da lista
nunca parem
por que pararam de mandar mensagens?
vocês pararam?
meu marido quer sair
acho que quero sair
talvez eu queira sair
se eu quiser sair, como faço?
quero saber como parar a assinatura da revista
minha inscrição foi cancelada
baja el precio
da baja el precio
dame de baja calidad
da de baja el pedido 20
dame la más baja
la baja de ayer
dá baixa
dá baixa no boleto
pode dar baixa no pagamento
me dá a baixa
la temperatura baja
salir de fiesta
quiero salir a comer
quiero salir del país
no quiero salir
me gusta salir
necesito salir
no dejen de escribirme
deja de llover
quiero dejar de fumar
ya no quiero trabajar
no me escriban mañana
para mí está bien
unsubscribe from netflix
stop me if you heard this
the bus stop is near
don't stop texting me
I never want to stop
cancel my order
I want out of my job
quit my job
no more coffee
end of story
sou atendente
sou atendente de loja
trabalho com atendimento
atendente de telemarketing
o atendente me tratou bem
a atendente foi ótima
obrigada ao atendente
quero ser atendente
quero ser uma pessoa melhor
quero ser humano
preciso de uma pessoa para o cargo
preciso de um vendedor
preciso de um funcionário
preciso contratar um atendente
preciso de suporte técnico no notebook
preciso de alguém que me ame
quero alguém para dividir o aluguel
falar com Deus
falar com a minha mãe
gosto de falar com gente
não gosto de falar com gente
falei com o gerente ontem
já falei com um atendente
vou falar com o responsável amanhã
não quero falar com ninguém
não quero atendente
não preciso de atendente
não chama ninguém
não precisa chamar o gerente
você é humano?
você é um robô?
é robô?
vocês são pessoas?
quem atende aí?
onde fica o atendimento?
qual o horário do atendimento?
cadê meu pedido
cadê o ônibus
cadê você
onde está a nota fiscal?
onde está a secretaria?
tem suporte para celular?
tem pessoa que não gosta
pessoa jurídica
alguém
alguém aí?
alguem ai
gerente
vendedora
consultor
suporte
equipe
agente
agente de saúde
asesor
operadora
trabajo como agente
soy operador
no quiero un agente
la persona que me atendió
¿eres humano?
hay alguien en casa que cocina
hablar con mi jefe
quiero ser agente
I am a human
I work as an agent
I don't want a human
talk to my wife
someone like you
manager
my manager said no
support
uma pessoa agora
deixa eu falar com meu marido
mudei de emprego
voltar
quero voltar
voltei
mudei de ideia
continuar
gente
aff
agora
já
mensagens
da lista
preciso
preciso de
queria
falar com
quero falar com
porra
preciso cancelar minha consulta de amanhã às 10h
quero parar de fumar, vocês têm tratamento?
para de mandar pro endereço antigo, agora moro na Rua da Aurora 50
onde eu saio do metrô pra chegar aí?
o site não para de dar erro
vocês param pra almoço?
mi hijo ya no quiere tomar el jarabe, ¿qué hago?
posso sair mais cedo da aula?
o atendente de ontem foi muito educado
o salão cabe quantas pessoas?
quem vai buscar pode ser outra pessoa?
tem couro de verdade?
tem gente boa aí?
alguém de verdade
tem atendente de verdade amanhã?
existe amor de verdade
a pessoa real da foto
tem alguém aí em casa
vocês atendem gente de carne e osso
aceito a oferta
aceito ofertas?
vocês têm ofertas?
quero promoções
pode mandar ofertas
quais são as ofertas de hoje?
não, aceito ofertas
não aceito ofertas menores que 100
não quero ofertas de emprego
não quero promoções?
"""
