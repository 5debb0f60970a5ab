"""Spanish: its closed word classes, people, verbs of speech and endings."""

from __future__ import annotations

from mavin.facts.languages.tables.table import LanguageTable

__all__ = ["SPANISH"]

SPANISH = LanguageTable(
    tag="es",
    speech_verbs=r"dice|dijo|dicen|pregunta|preguntó|responde|respondió|contesta|contestó|susurra|susurró|grita|gritó|exclama|"
    r"exclamó|murmura|murmuró|añade|añadió|agrega|agregó|admite|confiesa|suspira|ríe|sonríe|promete|propone|avisa|saluda|diciendo|gritando|susurrando|habla|habló|canta|explica|explicó|"
    r"ordena|ordenó|anuncia|anunció|suplica|repite|llama|insiste|"
    r"replica|replicó|comenta|advierte|bromea|cuenta|lee|pide|ruega|chilla"
    r"|gime|gimió|solloza|tartamudea|balbucea|interrumpe|llora|declara|declaró|afirma|afirmó|aclara|aclaró|aconseja|gruñe|gruñó"
    r"|masculla|sugiere|sugirió|exige|jadea|jura|reclama|recuerda|aúlla|ruge|suspiró|prometió|avisó|saludó|cantó|suplicó|repitió"
    r"|llamó|insistió|comentó|advirtió|bromeó|leyó|pidió|rogó|chilló|admitió|confesó|dijeron|gritan|preguntan|responden",
    words={
        "masculine": "el un este ese aquel otro ningún algún al del",
        "feminine": "la una esta esa aquella otra ninguna alguna",
        "plural": "los las unos unas estos estas esos esas aquellos aquellas otros otras varios varias muchos muchas "
        "algunos algunas ambos ambas todos todas",
        "neutral": "cada mismo misma único única",
        "oblique": "",
        "possessives": "su sus mi mis tu tus nuestro nuestra nuestros nuestras",
        "definite": {"un": "el", "una": "la", "unos": "los", "unas": "las"},
        "he": "él",
        "she": "ella",
        "they": "ellos ellas ambos",
        "it": "ello",
        "first": "yo nosotros nosotras",
        "clitics": "se le les lo me te nos no ya también casi nunca jamás sí",
        "nobody": "nadie alguien uno todo nada algo cualquiera quienquiera alguno ninguno todos quien",
        "prepositions": "a al ante bajo con contra de del desde durante en entre hacia hasta para por según sin sobre tras mediante "
        "junto dentro fuera encima debajo detrás delante cerca lejos alrededor como",
        "to": "a al para hacia ante",
        "joint": "con y e junto",
        "of": "de del",
        "conjunctions": "y e o u pero ni mas sino",
        "subordinate": "que quien quienes donde cuando mientras porque aunque si como cuyo cuya cual cuanto ",
        "adverbs": "exactamente precisamente solo sólo solamente únicamente así aquí allí ahí ahora luego después entonces hoy ayer mañana siempre tarde "
        "temprano pronto lentamente despacio deprisa rápido arriba abajo adelante atrás fuera dentro afuera adentro cerca lejos muy más "
        "menos tan tanto mucho poco bien mal finalmente primero segundo tercero apenas aún todavía juntos juntas mientras "
        "encima debajo detrás delante alrededor tampoco además incluso quizá quizás acaso enseguida "
        "silencio plena pleno medianoche lunes martes miércoles jueves viernes sábado domingo",
        "verbs": "jura suelta sueltan friega friegan miente mienten muestra muestran rueda ruedan tuerce tuercen viste visten olvida olvidan es son era fue está están estaba hay mira miran toca tocan cocina habla hablan llama grita pregunta marcha para pinta baila "
        "corta pesca caza sueña llora canta cuenta busca lucha trabaja juega entra pasa quema monta mete espera regresa vuela nada lava va "
        "van viene ve ven da dan abraza besa planta carga copia firma gana guarda limpia marca nota prueba rompe sierra tira usa vela viaja "
        "visita ayuda duda baja guía cruza cuelga suena calla cala despierta dice seca peina amasa riega barre saluda alcanza sopla roba salva "
        "empuja ríe llueve nieva",
        "not_verbs": "entre sobre bajo para como cada nada gran vieja viejo ante sino vino noche tarde luego vez media",
        "arrivals": "picar llegar entrar aparecer salir venir caer sonar quedar haber pasar existir surgir faltar asomar regresar volver estar ser "
        "brillar crecer flotar nacer morir subir bajar correr caminar hablar callar cantar reír llorar bailar esperar cruzar sobrevolar "
        "ladrar rugir empezar comenzar ocurrir",
        "speech": "jurar llorar declarar afirmar aclarar sugerir interrumpir exigir jadear reír sonreír sollozar protestar gruñir bromear quejar gemir balbucear suspirar tartamudear confesar mentir prometer sisear "
        "decir preguntar responder contestar susurrar gritar exclamar murmurar añadir llamar pedir explicar replicar anunciar "
        "ordenar avisar suplicar cantar rogar insistir confesar mascullar saludar advertir bromear traducir leer comentar prometer "
        "hablar repetir recitar suspirar admitir",
        "men": "hombre niño chico señor padre hijo abuelo hermano rey príncipe tío primo novio marido esposo caballero muchacho anciano "
        "viejo joven mozo amigo vecino maestro alumno ciego mago brujo monje cura duque papá cantante actor torero herrero "
        "cartero farero portero pescador campesino granjero soldado marinero guerrero vaquero panadero carnicero zapatero camarero "
        "cocinero jardinero enfermero médico mecánico bombero carpintero relojero librero minero obrero barbero peluquero ladrón "
        " capitán jefe gigante payaso vampiro fantasma extranjero desconocido forastero prisionero mensajero camionero "
        "anfitrión nieto sobrino arquitecto científico músico fotógrafo alcalde abogado esclavo pastor niñito crío albañil árbitro suegro cuñado farmacéutico sacerdote comisario becario empleado secretario veterinario funcionario",
        "women": "mujer niña chica señora madre hija abuela hermana reina princesa tía prima novia esposa dama muchacha anciana vieja moza "
        "amiga vecina maestra alumna maga bruja monja duquesa mamá actriz camarera cocinera jardinera enfermera médica mecánica bombera "
        "carpintera panadera campesina granjera guerrera portera vendedora bailarina costurera modista nieta sobrina científica "
        " fotógrafa alcaldesa abogada pastora desconocida extranjera anfitriona azafata criada heroína sirena empleada secretaria corredora suegra cuñada becaria gemelas veterinaria farmacéutica árbitra funcionaria comisaria",
        "people": "skater repartidor influencer barista youtuber "
        "robot androide extraterrestre alienígena marciano monstruo zombi vampiro superhéroe "
        "sospechoso sospechosa acusado acusada herido herida culpable ganador asesino asesina líder invitado invitada novios marchante ayudante persona gente pareja familia público multitud equipo bebé policía juez testigo guía guardia artista pianista violinista "
        "periodista turista taxista dentista astronauta detective agente piloto estudiante cantante joven deportista atleta electricista "
        "conserje comerciante espía cliente paciente médium huésped dependiente demás víctima criatura poeta modelo caminante "
        "niños padres hijos amantes viajante mendigo campeón campeona mimo sastre general sargento pirata adolescente acróbata vigilante sheriff samurái ninja rehén",
        "animals": "perro perra gato gata gatito caballo yegua burro vaca toro oveja cabra cerdo gallina gallo pollo pato ganso cisne pájaro "
        "ave águila halcón búho lechuza cuervo paloma gaviota loro garza ratón rata conejo liebre zorro lobo loba oso osa león leona tigre "
        "elefante mono jirafa cebra camello ciervo pez tiburón ballena delfín pulpo cangrejo tortuga serpiente lagarto rana sapo abeja mosca "
        "mariposa araña hormiga dragón cachorro potro ardilla erizo foca pingüino murciélago golondrina gorrión",
        "adjectives": "gran buen mal primer tercer último última viejo vieja joven pequeño pequeña pobre nuevo nueva antiguo antigua solo sola "
        "único única largo alta alto bella bello hermoso hermosa ciego ciega sordo sorda mudo muda calvo calva rubio rubia solitario solitaria "
        "cansado cansada famoso famosa extraño extraña",
        "not_names": "plano planos toma escena cámara duración dura total estilo fundido corte sonido silencio",
    },
    human_acts="sonreír reír llorar asentir arrodillarse arrodillar bostezar estornudar saludar abrazar besar beber cocinar leer escribir conversar "
    "discutir pensar recordar dudar caminar pasear aplaudir rezar brindar parpadear fruncir sollozar coser tejer pintar sentarse agacharse",
    infinitive=r"(?:[aeií]r)(?:se)?$",
    endings=(
        ("a", ("ar",)),
        ("an", ("ar",)),
        ("e", ("er", "ir")),
        ("en", ("er", "ir")),
        ("ó", ("ar",)),
        ("aba", ("ar",)),
        ("aban", ("ar",)),
        ("ió", ("er", "ir")),
        ("aron", ("ar",)),
        ("ía", ("er", "ir")),
        ("ían", ("er", "ir")),
    ),
    human_endings=r"(?:er[oa]s?|[dt]or(?:a|as|es)?|sora?|istas?|ólog[oa]s?|ógraf[oa]s?|ian[oa])$",
)
