"""Italian: its closed word classes, people, verbs of speech and endings."""

from __future__ import annotations

from mavin.facts.languages.tables.table import LanguageTable

__all__ = ["ITALIAN"]

ITALIAN = LanguageTable(
    tag="it",
    speech_verbs=r"dice|disse|chiede|chiese|risponde|rispose|sussurra|sussurrò|grida|gridò|esclama|esclamò|mormora|"
    r"mormorò|spiega|ordina|annuncia|urla|ripete|canta|legge|implora|aggiunge|replica"
    r"|domanda|ribatte|commenta|sospira|chiama|avverte|promette|supplica|insiste|confessa|geme|strilla|balbetta|bisbiglia|borbotta"
    r"|scherza|ride|piange|dichiara|afferma|ammette|propone|saluta|interrompe|singhiozza|giura|esige|precisa|conclude|riprende"
    r"|obietta|suggerisce|ansima|ringhia|ruggisce|urlò|aggiunse|ordinò|replicò|spiegò|sospirò|chiamò|promise|confessò|gemette"
    r"|insistette|ripeté|annunciò|dicono|gridano|chiedono|rispondono",
    words={
        "masculine": "il lo un uno questo quel quello altro alcun nessun",
        "feminine": "la una un' questa quella altra alcuna nessuna",
        "plural": "i gli le questi queste quei quegli quelle altri altre alcuni alcune molti molte tanti tante parecchi entrambi entrambe tutti "
        "tutte vari varie",
        "neutral": "l' ogni stesso stessa unico unica quell' quest'",
        "oblique": "",
        "possessives": "suo sua suoi sue mio mia miei mie nostro nostra loro",
        "definite": {"un": "il", "uno": "lo", "una": "la", "un'": "l'"},
        "he": "lui egli",
        "she": "lei ella",
        "they": "loro essi esse",
        "it": "esso essa",
        "first": "io noi",
        "clitics": "si gli mi ti ci ne vi non lo già anche quasi mai sì",
        "nobody": "nessuno nessuna qualcuno tutto niente nulla qualcosa chiunque ognuno tutti chi",
        "prepositions": "a ad al allo alla ai agli alle all' di d' del dello della dei degli delle dell' da dal dallo dalla dai dagli dalle dall' "
        "in nel nello nella nei negli nelle nell' con col coi su sul sullo sulla sui sugli sulle sull' per tra fra sotto sopra dentro fuori "
        "dietro davanti durante senza verso contro presso lungo oltre accanto vicino come",
        "to": "a ad al allo alla ai agli alle all' verso",
        "joint": "con col",
        "of": "di del dello della dei degli delle dell' d'",
        "conjunctions": "e ed o oppure ma però né",
        "subordinate": "che chi dove quando mentre perché poiché sebbene se come cui quale",
        "adverbs": "esattamente precisamente solo soltanto solamente così qui qua lì là ora adesso poi dopo allora oggi ieri domani sempre piano lentamente presto tardi "
        "subito su giù avanti indietro fuori dentro vicino lontano molto più meno tanto poco bene male finalmente prima ancora insieme infine "
        "improvvisamente all'improvviso appena intanto nemmeno neanche perfino forse davvero silenzio mezzanotte lunedì martedì mercoledì "
        "giovedì venerdì sabato domenica",
        "verbs": "ribatte ammette precisa riempie è sono era fu sta stanno c'è ha hanno dice dicono legge pesca ride balla suona parla parlano chiama grida domanda "
        "cammina danza canta conta cerca lotta lavora gioca entra passa porta guarda corre apre chiude taglia beve mangia va vanno viene "
        "fa fanno esce sale scende cade bacia ferma salta pulisce lava versa nuota disegna scrive sorride piange getta lancia piega bussa "
        "alza abbassa firma guida nota posa ruba sogna spera sposta stira tira trova vola",
        "not_verbs": "sopra sotto verso contro lungo come ogni vecchio vecchia notte sera volta rete luce calvo solo sola",
        "arrivals": "arrivare entrare apparire comparire uscire venire cadere suonare restare rimanere essere passare esistere mancare tornare "
        "ritornare stare brillare crescere nascere morire salire scendere correre camminare parlare tacere cantare ridere piangere ballare "
        "abbaiare cominciare iniziare spuntare",
        "speech": "ribattere precisare borbottare piangere affermare dichiarare interrompere giurare ansimare ridere sorridere singhiozzare protestare ringhiare scherzare gemere balbettare sospirare confessare promettere "
        "dire chiedere domandare rispondere sussurrare gridare urlare esclamare mormorare aggiungere chiamare spiegare replicare "
        "annunciare ordinare avvertire supplicare cantare insistere confessare salutare tradurre leggere commentare promettere parlare "
        "ripetere sospirare ammettere bisbigliare",
        "men": "uomo ragazzo bambino signore padre figlio nonno fratello re principe zio cugino fidanzato marito cavaliere vecchio giovane amico "
        "vicino maestro alunno cieco mago monaco prete duca papà attore soldato marinaio pescatore guerriero panettiere postino portiere "
        "cuoco giardiniere infermiere medico meccanico pompiere falegname orologiaio minatore barbiere ladro capitano capo gigante "
        "fantasma straniero sconosciuto prigioniero gelataio guardiano contadino macellaio cameriere re sarto calzolaio fabbro idraulico fattorino impiegato avvocato arbitro veterinario assassino commissario tizio bagnino mimo suocero",
        "women": "donna ragazza bambina signora madre figlia nonna sorella regina principessa zia cugina fidanzata moglie dama vecchia amica "
        "vicina maestra alunna strega suora duchessa mamma attrice infermiera cuoca giardiniera panettiera guerriera sarta contadina cameriera "
        "ballerina sconosciuta pittrice scrittrice professoressa hostess commessa impiegata segretaria avvocata scienziata suocera fanciulla gemelle sposa",
        "people": "skater corriere rider influencer barista "
        "robot androide extraterrestre alieno mostro vampiro supereroe "
        "persona gente coppia famiglia pubblico folla squadra bebè neonato polizia poliziotto poliziotta giudice guida guardia artista "
        "pianista violinista giornalista turista tassista autista dentista astronauta detective agente pilota studente studentessa cantante "
        "atleta spia cliente paziente nipote custode bimbo bimba poeta modella pastore anziano anziana genitori farmacista barista pirata adolescente mendicante clown acrobata ostaggio testimone vittima collega corridore",
        "animals": "cane cagna gatto gatta gattino cavallo asino mucca toro pecora capra maiale gallina gallo anatra oca cigno uccello aquila "
        "falco gufo civetta corvo piccione colomba gabbiano pappagallo airone topo ratto coniglio lepre volpe lupo lupa orso leone leonessa "
        "tigre elefante scimmia giraffa zebra cammello cervo pesce squalo balena delfino polpo granchio tartaruga serpente lucertola rana "
        "rospo ape mosca farfalla ragno formica drago cucciolo scoiattolo pinguino pipistrello rondine passero",
        "adjectives": "grande buon buono buona cattivo primo prima ultimo ultima vecchio vecchia giovane piccolo piccola povero povera nuovo nuova "
        "antico antica solo sola lungo lunga alto alta bel bello bella cieco cieca sordo sorda stanco stanca famoso famosa strano strana",
        "not_names": "inquadratura inquadrature scena piano durata totale stile stacco suono silenzio",
    },
    human_acts="sorridere ridere piangere annuire inginocchiarsi sbadigliare starnutire salutare abbracciare baciare bere cucinare leggere scrivere "
    "conversare discutere pensare ricordare esitare camminare passeggiare applaudire pregare brindare singhiozzare cucire dipingere",
    infinitive=r"(?:[aei]re|rre|rsi)$",
    endings=(
        ("a", ("are",)),
        ("ano", ("are",)),
        ("e", ("ere", "ire")),
        ("ono", ("ere", "ire")),
        ("isce", ("ire",)),
        ("iscono", ("ire",)),
        ("ò", ("are",)),
        ("ava", ("are",)),
        ("avano", ("are",)),
        ("ì", ("ire",)),
        ("ca", ("care",)),
        ("ia", ("iare",)),
    ),
    human_endings=r"(?:ai[oa]|ier[aei]|iere|tor[ei]|tric[ei]|ist[aei]|olog[oa]|ograf[oa])$",
)
