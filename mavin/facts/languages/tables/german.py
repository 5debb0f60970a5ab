"""German: its closed word classes, people, verbs of speech and endings."""

from __future__ import annotations

from mavin.facts.languages.tables.table import LanguageTable

__all__ = ["GERMAN"]

GERMAN = LanguageTable(
    tag="de",
    speech_verbs=r"sagt|sagte|sagen|fragt|fragte|antwortet|antwortete|flüstert|flüsterte|ruft|rief|schreit|schrie|murmelt|"
    r"murmelte|erwidert|erwiderte|meint|meinte|übersetzt|erklärt|erklärte|befiehlt|befahl|bittet|wiederholt|"
    r"spricht|singt|zischt|brüllt|stammelt|seufzt|"
    r"verkündet|warnt|lacht|bemerkt|ergänzt|liest|entgegnet|haucht|raunt|stottert"
    r"|stöhnt|bettelt|fleht|weint|schluchzt|verspricht|kommentiert|knurrt|kichert|jubelt|gesteht|behauptet|schimpft|grüßt"
    r"|unterbricht|faucht|wispert|brummt|keucht|krächzt|mahnt|fordert|bestätigt|gibt zu|wimmert|schwört|droht|kontert|zitiert|rufen"
    r"|fragen|antworten|schreien|brüllte|seufzte|stammelte|zischte|warnte|lachte|bemerkte|ergänzte|verkündete|entgegnete|hauchte"
    r"|raunte|sprach|sang|las|bat|versprach|wiederholte|stotterte|gestand|behauptete|knurrte|kicherte|stöhnte|flehte",
    words={
        "masculine": "der dieser jener jeder mancher ein kein",
        "feminine": "die eine keine diese jene jede manche",
        "plural": "alle einige mehrere viele beide beiden manche wenige",
        "neutral": "das dieses jenes jedes",
        "oblique": "den dem des einen einem eines einer keinen keinem keiner diesen diesem meinen meinem seinen seinem ihren ihrem ihrer seiner "
        "meiner deinem deinen unserem unseren jedem jeden jenem jenen welchem welchen",
        "possessives": "sein seine ihr ihre mein meine dein deine unser unsere",
        "definite": {"eine": "die"},
        "he": "er",
        "she": "sie",
        "they": "",
        "it": "es",
        "first": "ich wir",
        "clitics": "sich nicht ihn ihm mich mir uns dich dir euch ihnen nie niemals auch nur",
        "nobody": "man niemand jemand keiner alle nichts alles etwas einer irgendwer jeder wer irgendjemand",
        "prepositions": "an am ans auf aufs aus bei beim bis durch durchs für gegen hinter hinterm in im ins mit nach neben ohne seit statt trotz über "
        "übers um ums unter unterm von vom vor vorm während wegen zu zum zur zwischen entlang gegenüber außer laut pro ab inmitten samt voller wie",
        "to": "zu zum zur an gegenüber",
        "joint": "mit neben samt",
        "of": "von vom des",
        "conjunctions": "und oder aber sondern denn doch",
        "subordinate": "dass daß weil wenn während als ob obwohl bevor nachdem damit indem sobald solange bis wo welcher welche welches seit",
        "adverbs": "genau exakt ungefähr etwa lediglich mindestens höchstens ausschließlich erst nur bloß allein so hier dort da jetzt nun dann danach heute gestern morgen immer langsam schnell plötzlich oben unten vorne hinten "
        "draußen drinnen nah fern sehr mehr weniger viel wenig gut schlecht endlich schließlich zuerst zunächst noch schon zusammen wieder "
        "leise laut still auch sogar vielleicht kurz lange bald gleich sofort gemeinsam nie niemals oft manchmal dabei davor dahinter daneben "
        "anfangs zuletzt irgendwann inzwischen unterdessen mitternachts nachts abends morgens mittags tief hoch weit zurück hinaus herein "
        "nicht niemals irgendwo überall links rechts",
        "verbs": "ist sind war waren hat haben wird werden kann will muss darf soll mag steht liegt sitzt geht kommt sagt fragt ruft macht lacht weint "
        "singt tanzt spricht sprechen schweigt schweigen liest isst trinkt läuft rennt fällt hält lässt sieht gibt nimmt tritt bricht trifft schläft fährt trägt gräbt wäscht "
        "stehen sitzen liegen gehen kommen laufen spielen tanzen lief ging kam stand saß lag sah gab nahm sprach rief sagte fragte",
        "not_verbs": "leeren alten kleinen großen jungen leise weiter wieder unter hinter über neben zwischen alle keine einen meinen seinen ihren gegen "
        "sieben zehn wegen außen innen oben unten gestern morgen dagegen neuen vollen stummen weißen roten guten ersten letzten zweiten dritten "
        "offen trocken ungeöffnet versiegelt zusammen verlassen verlassenen beiden daneben",
        "arrivals": "",
        "speech": "brummen weinen flehen betteln wispern keuchen raunen jubeln lachen kichern schluchzen wimmern nuscheln grinsen stöhnen fluchen knurren drohen widersprechen trösten scherzen protestieren schimpfen stottern jammern klagen krächzen "
        "sagen fragen antworten flüstern rufen schreien murmeln erwidern meinen erklären übersetzen vorlesen bitten brüllen singen seufzen "
        "hauchen warnen befehlen verkünden lesen grüßen wiederholen ergänzen entgegnen sprechen stammeln gestehen versprechen zischen",
        "men": "mann junge vater sohn opa großvater bruder könig prinz onkel vetter cousin freund ehemann ritter greis alter nachbar meister schüler "
        "blinder zauberer mönch priester herzog papa herr soldat matrose fischer krieger bäcker postbote pförtner torwart stürmer koch gärtner pfleger arzt "
        "mechaniker feuerwehrmann tischler uhrmacher bergmann friseur dieb kapitän chef riese clown geist fremder gefangener enkel neffe imker "
        "taucher wirt bauer hirte schmied kellner kutscher kommissar förster jäger lehrer maler tänzer sänger dirigent pilot schaffner bräutigam "
        "schneider schuster metzger bote richter pfarrer wanderer clown zwerg knabe bub kerl held gott teufel pirat kosmonaut akrobat kandidat diplomat advokat poet prophet athlet kamerad taxifahrer fotograf anwalt general schwager pantomime praktikant verdächtiger typ kumpel lehrling geselle azubi moderator",
        "women": "frau mädchen mutter tochter oma großmutter schwester königin prinzessin tante cousine freundin ehefrau greisin dame hexe nonne herzogin "
        "mama braut witwe magd enkelin nichte fee heldin hebamme amme krankenschwester göttin stewardess diva fräulein seherin köchin ärztin anwältin schwägerin verdächtige schwangere",
        "people": "kurier barista skater influencer youtuber coach cowboy manager "
        "monster alien außerirdischer zombie vampir androide "
        "mensch leute paar familie publikum menge team baby säugling polizei polizist kind kinder gast künstler pianist geiger journalist tourist "
        "zahnarzt astronaut detektiv agent pilot student sportler spion kunde patient alte alter alten blinde blinder stumme stummer fremde fremder "
        "kranke verletzte reisende reisender gefangene verlobte jugendliche jugendlicher angestellte beamter beamte zeuge bibliothekar eltern zwillinge geschwister "
        "freunde nachbarn fahrgast fahrgäste passagier zwilling waise einzelkind modell chor orchester teenager unbekannte unbekannter samurai ninja geisel barkeeper gespenst opfer dj",
        "animals": "hund hündin katze kater kätzchen pferd stute esel kuh stier schaf ziege schwein huhn hahn ente gans schwan vogel adler falke eule uhu "
        "rabe krähe taube möwe papagei reiher maus ratte hase kaninchen fuchs wolf wölfin bär löwe löwin tiger elefant affe giraffe zebra kamel hirsch "
        "reh fisch hai wal delfin krake krabbe schildkröte schlange eidechse frosch kröte biene fliege schmetterling spinne ameise drache welpe dackel "
        "eichhörnchen pinguin igel fledermaus schwalbe spatz otter dachs pudel schäferhund",
        "adjectives": "",
        "not_names": "einstellung einstellungen szene kamera dauer gesamtlänge stil schnitt ton stille sekunde sekunden minute minuten film video clip "
        "erde anfang ende schluss abend morgen nacht mittag tag nachmittag mitternacht montag dienstag mittwoch donnerstag freitag samstag sonntag "
        "sommer winter herbst frühling licht dunkelheit",
    },
    human_acts="lächeln lachen weinen nicken knien gähnen niesen grüßen winken umarmen küssen trinken kochen lesen schreiben plaudern streiten denken "
    "zögern spazieren klatschen beten schluchzen nähen stricken malen kichern grinsen joggen",
    infinitive=r"(?:en|eln|ern|tun|sein)$",
    endings=(
        ("t", ("en", "n")),
        ("et", ("en",)),
        ("te", ("en",)),
        ("ten", ("en",)),
        ("elt", ("eln",)),
        ("ert", ("ern",)),
        ("en", ("en",)),
    ),
    human_endings=r"(?:er|ler|ner|erin|erinnen|in|innen|ist|istin|loge|login|mann|frau|leute|eur|eurin|ant|ent)$",
)
