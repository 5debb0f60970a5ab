"""Stage business: what hands and bodies are seen to do where an overview only names what goes on.

    "The two adult partners work through a product demo"   ▶ "One of them turns a laptop round and points at its screen"
    "A single scientist tests a sensor prototype"          ▶ "The scientist sets the device on a flat stone …"

An entry holds words of the clause, words of the whole story (for which trade it is meant; empty for any), and the business
of one and of several people.  ``{S}`` is the subject as a sentence begins with it, ``{s}`` inside one.  The most telling
entries stand first, and a shot never gets what another one has.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from scripting.word_tables import whole_words

__all__ = ["business_of"]


@dataclass(frozen=True, slots=True)
class _Entry:
    deed: str
    trade: str
    one: tuple[str, ...]
    several: tuple[str, ...] = ()


_E = _Entry
_WOOD = r"wood\w*|carpent\w*|furniture maker|boat ?build\w*|cabinet|luthier"
_CLAY = r"potter\w*|clay|ceramic\w*"
_FOOD = r"cook\w*|chefs?|kitchen|bak\w+|recipe|dish(?:es)?|culinary|restaurant|pastry"
_FORGE = r"glass ?blow\w*|blacksmith\w*|forge|metalwork\w*|goldsmith|jewel\w*"
_SAIL = r"sail\w*|boat|yacht|fisherm[ae]n|ferry|crew of a ship|at sea"
_DRINK = r"coffee|baristas?|tea|espresso|brew\w*"
_PEN = r"writers?|novelist|authors?|poets?|journalists?|manuscript|screenwriter"
_LENS = r"photograph\w*|cinematographer|filmmakers?|photoshoot"
_WEAR = r"fashion|model|designers?|outfits?|tailor\w*|runway"
_LAB = r"scientists?|researchers?|engineers?|biologists?|geologists?|inventors?|prototype|sensors?|device|expedition|robotics?"
_GAME = r"board games?|chess|card games?|tournament|game"
_ROOM = r"escape room|puzzles?|riddles?"
_SLEUTH = r"detectives?|investigat\w*|inspector|mystery|clues?"
_DEAL = r"business|office|negotiat\w*|deal|startup|vendor|contract|investors?|company"
_GYM = r"athletes?|gym|sports?|boxers?|runners?|fitness|martial|coach\w*|swimmers?"
_MUSIC = r"music\w*|band|orchestra|violin\w*|pian\w+|guitar\w*|composers?|singers?|choir|jazz|song\w*"
_DANCE = r"danc\w*|ballet|choreograph\w*"
_PAINT = r"paint\w*|mural\w*|canvas|illustrator|sculpt\w*"
_GROW = r"garden\w*|farm\w*|plants?|harvest|orchard|vineyard|greenhouse"
_STAGE = r"theat(?:er|re)|actors?|rehears\w*|play\b|stage|director"
_REPAIR = r"mechanics?|repair\w*|restor\w*|engine|workshop|bicycle|watchmak\w*|clockmak\w*"
_TREK = r"hik\w*|climb\w*|explorers?|travell?ers?|trek\w*|mountain\w*|journey|backpack\w*"
_CARE = r"doctors?|nurses?|hospital|surge\w*|medic\w*|patients?|paramedics?|veterinar\w*"
_TEACH = r"teach\w*|students?|class\w*|school|tutor\w*|mentor|apprentice\w*"
_BUILD = r"architects?|build\w*|construction|house|volunteers?|community"

_ENTRIES: tuple[_Entry, ...] = (
    # wood
    _E(r"measur\w+", _WOOD, ("{S} lays a steel rule along a plank and marks it with a pencil",), ("One of them holds a plank flat while the other marks it along a steel rule",)),
    _E(r"cut\w*|saw\w*", _WOOD, ("{S} draws a saw through a clamped plank",), ("One of them steadies the plank while the other draws a saw through it",)),
    _E(r"assembl\w+|join\w*|build\w*", _WOOD, ("{S} presses two boards together at a corner and taps the joint with a mallet",), ("One of them presses two boards together at a corner while the other taps the joint with a mallet",)),
    _E(r"mistakes?|errors?|setback|flaw", _WOOD, ("{S} pulls a crooked board off and lays a straight one in its place",), ("One of them pulls a crooked board off, and the other lays a straight one in its place",)),
    _E(r"sand\w*|polish\w*|finish\w*|complet\w*", _WOOD, ("{S} rubs oil into the finished wood with a cloth",), ("Together they rub oil into the finished wood with two cloths",)),
    _E(r"teach\w*|learn\w*|basics|shows?|guides?", _WOOD, ("{S} runs a plane along a board, and a long shaving curls up",), ("One of them guides the other's hands as a plane runs along a board",)),
    # clay
    _E(r"prepar\w*|wedg\w*|knead\w*", _CLAY, ("{S} presses a lump of clay flat with both palms",), ("One of them cuts a lump of clay with a wire, and the other presses it flat with both palms",)),
    _E(r"shape\w*|throw\w*|wheel|bowl|form\w* a", _CLAY, ("{S} cups both wet hands round the clay as its wall rises",), ("Four wet hands steady the clay as its wall rises",)),
    _E(r"reveal\w*|unveil\w*|present\w*|finish\w*|freshly", _CLAY, ("{S} lifts a damp cloth off, and the piece stands in the light",), ("Together they lift a damp cloth off, and the piece stands in the light",)),
    _E(r"glaz\w*|paint\w*|decorat\w*|fir(?:e|es|ing)\b", _CLAY, ("{S} turns the piece slowly under a loaded brush",), ("One of them turns the piece slowly while the other leads a brush round it",)),
    # kitchen
    _E(r"tast\w+|winner|judg\w+ (?:the|each)|verdict|announce\w*", _FOOD, ("{S} lifts a full spoon from the plate",), ("A spoon dips into one plate and then the other, and one arm is raised",)),
    _E(r"prep\b|prepar\w*|chop\w*|ingredients", _FOOD, ("{S} chops herbs with quick strokes",), ("Two knives chop herbs side by side with quick strokes",)),
    _E(r"coordinat\w*|movement|team\w*|together|rush\w*", _FOOD, ("{S} turns from the stove to the counter with a hot pan",), ("They pass back to back between stove and counter, hot pans held high",)),
    _E(r"careful plating|final plating|garnish\w*|plating", _FOOD, ("{S} sets a last green leaf on the plate with tweezers",), ("Bent low over the counter, they set a last green leaf on each plate with tweezers",)),
    _E(r"plat\w+|dish(?:es)?|race\w*|compet\w+|serv\w+", _FOOD, ("{S} spoons sauce in a ring on a white plate",), ("They spoon sauce on white plates at two ends of one counter",)),
    _E(r"mistakes?|burn\w*|disaster|chaos|setback", _FOOD, ("{S} scrapes a burnt pan clean and sets it back on the flame",), ("One of them scrapes a burnt pan clean while the other sets a fresh one on the flame",)),
    _E(r"cultures?|street food|cuisines?|flavou?rs", _FOOD, ("{S} turns skewers over glowing coals", "{S} folds a flat bread round a filling", "{S} ladles broth over a bowl of noodles"), ("They turn skewers over glowing coals", "They fold flat breads round a filling")),
    _E(r"cook\w*|experiment\w*|techniques?|bak\w+|stir\w*|recipe|learn\w*", _FOOD, ("{S} stirs a steaming pot and lifts the spoon",), ("One of them stirs a steaming pot while the other sprinkles herbs into it", "Two pairs of hands fold flour into one bowl")),
    # glass and metal, boats
    _E(r"rescu\w*|crack\w*|broken|mistakes?|repair\w*", _FORGE, ("{S} holds the cracked piece back into the fire",), ("One of them holds the cracked piece back into the fire while the other shields the face with a glove",)),
    _E(r"present\w*|finish\w*|final|reveal\w*|winner", _FORGE, ("{S} sets the finished piece on a white cloth",), ("They set the finished pieces side by side on a white cloth",)),
    _E(r"shap\w*|forg\w*|blow\w*|heat\w*|compet\w*|work\w*|learn\w*|teach\w*", _FORGE, ("{S} turns a glowing lump on the end of a long rod", "{S} draws a glowing rod out of the fire"), ("One of them turns a glowing lump on a long rod while the other opens the furnace", "Two glowing rods are drawn out of the fire at once")),
    _E(r"knots?|ropes?|prepar\w*|rig\w*", _SAIL, ("{S} pulls a knot tight round a cleat",), ("One of them pulls a knot tight round a cleat, and the other unties it and tries again",)),
    _E(r"steer\w*|storm|waves|rough|battl\w*|cross\w*", _SAIL, ("{S} leans hard against the tiller as spray comes over the side",), ("One of them leans hard against the tiller while the other hauls in the sail",)),
    _E(r"trip|arriv\w*|solo|final|harbou?r|land", _SAIL, ("A small sail moves out over the open water",), ("A small sail moves in towards the land",)),
    _E(r"sail\w*|fish\w*|teach\w*|learn\w*", _SAIL, ("{S} hauls a sail up hand over hand",), ("One of them hauls the sail up hand over hand while the other holds the rope's end",)),
    # coffee, tea
    _E(r"signature|tast\w+|blend\w*|cups?", _DRINK, ("{S} pours two jugs at once into one large cup and slides it over the counter",), ("They pour from two jugs at once into one large cup",)),
    _E(r"methods?|preparation|techniques?|learn\w*|brew\w*", _DRINK, ("{S} pours hot water in slow circles over ground coffee in a paper filter",), ("One of them pours hot water in slow circles while the other watches the level in the jug",)),
    _E(r"cultures?|travel\w*|world|countries|cit(?:y|ies)|cafes?|caf[eé]s?", _DRINK, ("{S} pulls down the lever of a brass machine, and dark coffee runs into a small cup", "{S} lifts a small copper pot out of hot sand and pours from it", "{S} crushes roasted beans in a wooden mortar"), ()),
    # writing
    _E(r"breakthrough|finish\w*|clicks? into place|final|complet\w*|inspiration (?:strikes|arrives)", _PEN, ("A pen runs down a page line after line, and the full page is laid on a pile",), ()),
    _E(r"stall\w*|stuck|struggl\w*|block\w*|blank", _PEN, ("{S} crosses out a line and pushes the sheet of paper away",), ("One of them crosses out a line, and the other pushes the sheet away",)),
    _E(r"inspiration|work\w*|writ\w*|seek\w*|research\w*|interview\w*", _PEN, ("{S} opens a notebook and looks round before the first word", "{S} bends over the notebook, one hand shading the page", "{S} turns to a fresh page and writes a short line", "{S} taps the pen on the notebook and writes on"), ("One of them dictates with a raised hand, and the other writes in a notebook",)),
    # photography
    _E(r"long-exposure|masterpiece|final (?:image|photo|picture|shot)", _LENS, ("{S} holds down a cable release, eyes on the tripod's camera",), ()),
    _E(r"hero shot|clean|perfect alignment", _LENS, ("The model holds still, a raised hand gives the signal, and the flash fires",), ("The model holds still, a raised hand gives the signal, and the flash fires",)),
    _E(r"poses?|lighting setups?|set ?ups?|iterat\w*", _LENS, ("A lamp on a stand is tilted, and a white reflector moves nearer to the model",), ("One of them tilts a lamp on its stand while another moves a white reflector nearer",)),
    _E(r"captur\w*|photograph\w*|diary|locations?|wait\w*|document\w*", _LENS, ("{S} raises the camera and turns the focus ring", "{S} kneels with the camera close to the ground", "{S} leans on a wall and lines up the frame", "{S} rests the camera on a ledge and holds still"), ("One of them raises the camera while the other shades its lens",)),
    # fashion
    _E(r"final|runway moment|unit\w*|finale", _WEAR, ("{S} stops at the end of the lit runway and spreads the sleeves of a coat of many fabrics",), ()),
    _E(r"rehears\w*|practi[cs]\w*|builds? from", _WEAR, ("{S} walks between two lines of tape on a bare floor",), ("They walk between two lines of tape on a bare floor",)),
    _E(r"prepar\w*|dress\w*|fitting|backstage", _WEAR, ("{S} closes the buttons of a long coat in front of a mirror", "{S} ties a broad embroidered sash"), ("One of them pins a hem while the other stands still",)),
    _E(r"outfits?|present\w*|environments?|styles?|traditions?|walks?", _WEAR, ("{S} turns slowly, and a long embroidered hem swings out", "{S} draws a wide woven shawl over both shoulders", "{S} lifts a pleated skirt by its edge and steps forward"), ("They turn slowly, and two long hems swing out",)),
    # science, devices
    _E(r"proves?|final|detect\w*|succeed\w*|works at last|success\w*", _LAB, ("The device's small light blinks steadily, and a hand wipes the wet off its display",), ("The device's small light blinks steadily, and they bend over its display",)),
    _E(r"collect\w*|data|record\w*|readings?|samples?", _LAB, ("{S} copies the numbers from a small display into a notebook",), ("One of them reads the display, the other writes the numbers in a notebook",)),
    _E(r"refin\w*|adjust\w*|calibrat\w*|improv\w*|fix\w*|setup|repair\w*", _LAB, ("{S} turns a small screw on the device's case",), ("One of them holds the device still while the other turns a small screw on its case",)),
    _E(r"prepar\w*|assembl\w*|build\w*", _LAB, ("{S} plugs a cable in and watches a screen light up",), ("One of them plugs a cable in while another watches a screen light up",)),
    _E(r"fail\w*|malfunction\w*|setback|mistakes?", _LAB, ("{S} shakes the dark device and opens its case",), ("One of them opens the case of the dark device while the other holds a lamp",)),
    _E(r"test\w*|experiment\w*|environments?|field|explor\w*|design\w*|invent\w*", _LAB, ("{S} kneels, sets the device on the ground and presses its switch", "{S} holds the device at arm's length and reads its small display", "{S} ties the device to a pole and steps back"), ("One of them sets the device down and presses its switch while the other steps back",)),
    # games
    _E(r"rules?|dispute|question|argument", _GAME, ("{S} opens a rule booklet and lays a finger on one line",), ("One of them opens a rule booklet and lays a finger on one line; the others lean in",)),
    _E(r"final|decisive|last|win\w*|checkmate", _GAME, ("{S} sets the last piece down and takes the hand off it slowly",), ("One of them sets the last piece down, and the others sit back from the board",)),
    _E(r"rounds?|play\w*|tense|moves?|opening|compet\w*", _GAME, ("{S} lifts a wooden piece, waits, and sets it down",), ("They take turns to move small wooden pieces across the board",)),
    # puzzles
    _E(r"final door|unlock\w*|escape\b(?! room)|exit|door", _ROOM, ("{S} turns a key in the lock, and the door swings open",), ("One of them turns a key in the lock, and the door swings open",)),
    _E(r"furniture|interact\w*|features|search\w*", _ROOM, ("{S} pulls out a drawer and feels along its underside",), ("One of them pulls out a drawer while another feels along the underside of a shelf",)),
    _E(r"mov\w+ through|space|explor\w*", _ROOM, ("{S} crosses from one locked cabinet to the next",), ("They cross from one locked cabinet to the next",)),
    _E(r"puzzles?|clues?|solv\w*|sequence|riddles?|collaborat\w*|investigat\w*", _ROOM, ("{S} turns the numbered rings of a padlock and lays a torn note beside it",), ("One of them turns the numbered rings of a padlock while another reads from a torn note",)),
    _E(r"confront\w*|arrest\w*|reveal\w*|solv\w*", _SLEUTH, ("{S} lays a small bag with a ring in it on the table",), ("One of them lays a small bag with a ring in it on the table",)),
    _E(r"question\w*|interview\w*|witness\w*", _SLEUTH, ("{S} waits with an open notebook and a raised pen",), ("One of them asks, the other writes in a notebook",)),
    _E(r"investigat\w*|examin\w*|clues?|search\w*|inspect\w*|follow\w*", _SLEUTH, ("{S} bends over a mark on the floor with a magnifying glass", "{S} dusts a door handle with a soft brush"), ("One of them bends over a mark on the floor while the other holds the lamp",)),
    # business
    _E(r"handshake|sign\w*|agreement|deal is", _DEAL, ("{S} signs the last page and lays down the pen",), ("They sign the last page, lay down two pens and shake hands over the table",)),
    _E(r"demo\w*|present\w*|pitch\w*|prototype", _DEAL, ("{S} turns a laptop round and points at its screen",), ("One of them turns a laptop round and points at its screen",)),
    _E(r"differ\w*|terms|disagree\w*|tension|argu\w*|conflict|negotiat\w*", _DEAL, ("{S} strikes out a line on a printed sheet",), ("Each of them slides a printed sheet across the table, and both shake their heads",)),
    _E(r"budget|tradeoffs?|plan\w*|strategy|compromis\w*", _DEAL, ("{S} circles a figure on a printed table",), ("One of them circles a figure on a printed table, and the other nods",)),
    # sport
    _E(r"challenge|final|race\b|match|culminat\w*|contest|handshake", _GYM, ("{S} pushes through the last repetition and lets both arms drop",), ("They push through the last repetitions side by side, then shake hands",)),
    _E(r"warm\w*|stretch\w*", _GYM, ("{S} swings both arms and bends forward to the toes",), ("They swing their arms and bend forward to their toes",)),
    _E(r"coach\w*|drills?|technique|correct\w*", _GYM, ("{S} repeats one slow lunge on the mat",), ("One of them holds a low stance, and the other lifts an elbow into place",)),
    _E(r"fall\w*|injur\w*|setback|exhaust\w*|struggl\w*", _GYM, ("{S} stops with both hands on the knees",), ("One of them stops with both hands on the knees, and the other holds out a bottle of water",)),
    _E(r"train\w*|practi[cs]\w*|exercis\w*|workout", _GYM, ("{S} skips rope on the mat",), ("They jog on the spot side by side on the mat",)),
    # music, dance, stage
    _E(r"final|concert|perform\w*|premiere|show", _MUSIC, ("{S} plays the last note and lowers both hands",), ("They play the last note together and lower their instruments",)),
    _E(r"compos\w*|writ\w*|arrang\w*", _MUSIC, ("{S} pencils notes on a sheet of staves",), ("One of them pencils notes on a sheet of staves while the other hums along",)),
    _E(r"rehears\w*|practi[cs]\w*|play\w*|improvis\w*|record\w*|jam\w*", _MUSIC, ("{S} repeats a short passage, eyes on the sheet music",), ("One of them counts in with a raised hand, and both begin to play",)),
    _E(r"final|perform\w*|premiere|show", _DANCE, ("{S} holds the last pose under one light",), ("They hold the last pose under one light",)),
    _E(r"rehears\w*|practi[cs]\w*|learn\w*|steps|train\w*|danc\w*", _DANCE, ("{S} repeats a turn in front of a wall of mirrors",), ("They repeat a turn side by side in front of a wall of mirrors",)),
    _E(r"rehears\w*|lines|scene|blocking|costume", _STAGE, ("{S} walks the stage with a script in one hand",), ("They walk the stage with scripts in their hands",)),
    _E(r"final|opening night|perform\w*|premiere|applause", _STAGE, ("{S} steps into the light at the front of the stage and bows",), ("They step into the light at the front of the stage and bow",)),
    # painting, gardens, repair, trips, care, school, building
    _E(r"final|unveil\w*|reveal\w*|finish\w*|exhibit\w*", _PAINT, ("{S} pulls a cloth off the finished picture",), ("Together they pull a cloth off the finished picture",)),
    _E(r"sketch\w*|plan\w*|begin\w*|start\w*", _PAINT, ("{S} draws the first charcoal lines on a white ground",), ("They draw the first charcoal lines from two sides",)),
    _E(r"paint\w*|mix\w*|work\w*|creat\w*|colou?rs?", _PAINT, ("{S} mixes two colours with a palette knife", "{S} leads a broad brush from left to right", "{S} steps back with the brush held upright"), ("One of them mixes a colour while the other leads a broad brush from left to right",)),
    _E(r"harvest\w*|pick\w*|feast|final", _GROW, ("{S} lifts a full basket of vegetables out of the rows",), ("They carry a full basket of vegetables out of the rows between them",)),
    _E(r"plant\w*|sow\w*|dig\w*|prepar\w*", _GROW, ("{S} presses a seedling into dark soil with both thumbs",), ("One of them opens a row with a hoe, and the other sets seedlings into it",)),
    _E(r"storm|drought|pests?|setback|protect\w*|water\w*|tend\w*", _GROW, ("{S} ties a bent stem to a stick",), ("They draw a net over the plants from two sides",)),
    _E(r"final|test\w*|runs? again|start\w* again|success\w*", _REPAIR, ("{S} closes the case, and the small wheels inside begin to turn",), ("One of them closes the case, and the small wheels inside begin to turn",)),
    _E(r"diagnos\w*|open\w*|inspect\w*|find\w*", _REPAIR, ("{S} lifts the cover off and shines a lamp inside",), ("One of them lifts the cover off while the other shines a lamp inside",)),
    _E(r"repair\w*|restor\w*|fix\w*|clean\w*|replac\w*", _REPAIR, ("{S} turns a small screw and lays it in a tin lid",), ("One of them turns out a small screw, and the other holds a tin lid under it",)),
    _E(r"summit|final|arriv\w*|reach\w*", _TREK, ("{S} sets the backpack down and looks out over the land",), ("They set their backpacks down and look out over the land",)),
    _E(r"lost|storm|obstacle|danger\w*|cross\w*|river", _TREK, ("{S} tests the ground with a stick before each step",), ("One of them crosses first and holds out a hand to the next",)),
    _E(r"travel\w*|hik\w*|climb\w*|explor\w*|journey\w*|landscapes?|environments?", _TREK, ("{S} walks on with a backpack and one hand on its strap", "{S} unfolds a map and turns it round", "{S} climbs over a low stone wall"), ("They walk on in single file with their backpacks", "They bend over one unfolded map")),
    _E(r"operat\w*|emergency|save\w*|treat\w*|diagnos\w*", _CARE, ("{S} pulls on gloves and bends over the bed",), ("One of them holds a lamp steady while the other ties a bandage",)),
    _E(r"test|exam|present\w*|final|graduat\w*", _TEACH, ("{S} holds up the finished work with both hands",), ("One of them holds up the finished work, and the other claps",)),
    _E(r"mistakes?|fail\w*|error|setback", _TEACH, ("{S} takes the piece apart and begins it again",), ("One of them points at the flaw, and together they take the piece apart",)),
    _E(r"teach\w*|learn\w*|show\w*|practi[cs]\w*|guid\w*|basics", _TEACH, ("{S} repeats a slow movement of both hands",), ("One of them shows a slow movement of the hands, and the other copies it",)),
    _E(r"paint\w*|build\w*|construct\w*|repair\w*|clean\w*", _BUILD, ("{S} drives a nail into a wooden frame",), ("They lift one side of a wooden frame and set it upright",)),
    _E(r"plan\w*|design\w*|sketch\w*", _BUILD, ("{S} unrolls a plan and weighs its corners down",), ("They unroll a plan and lean over it from two sides",)),
    # any trade
    _E(r"handshake|shake hands|reconcil\w*|agreement", "", (), ("They reach over and shake hands",)),
    _E(r"celebrat\w*|victory|toast", "", ("{S} raises both arms",), ("They raise their arms and embrace",)),
    _E(r"argu\w*|disagree\w*|disput\w*|confront\w*|conflict", "", ("{S} turns away with folded arms",), ("They stand face to face, and one turns away with folded arms",)),
    _E(r"plan\w*|brainstorm\w*|strateg\w*", "", ("{S} pins a note to a board full of notes",), ("They pin notes to a board and step back from it",)),
    _E(r"mistakes?|setback|obstacle|fail\w*", "", ("{S} stops, puts the work aside and begins again",), ("They stop, put the work aside and begin again",)),
)  # fmt: skip


def business_of(clause: str, story: str, subject: str, *, several: bool, taken: Collection[str] = ()) -> str | None:
    """Something to see for a clause of an overview, or ``None`` where code knows none.

    Args:
        clause: the user's words for this shot.
        story: the whole prompt, which says what trade it is about.
        subject: who acts, as it stands within a sentence ("the adult scientist").
        several: whether the subject is more than one person.
        taken: business of the other shots, which is not repeated.
    """
    for entry in _ENTRIES:
        if not whole_words(entry.deed).search(clause) or (entry.trade and not whole_words(entry.trade).search(story)):
            continue
        for text in entry.several if several else entry.one:
            line = text.format(S=subject[:1].upper() + subject[1:], s=subject)
            if line not in taken:
                return line
    return None
