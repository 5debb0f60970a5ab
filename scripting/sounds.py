"""What is heard in a shot, as far as code knows: the sound of the action, else of its place, and the bed below all.

"The chef pours milk into a cup"   milk poured  ▶ "liquid pouring"       (what is done to what)
"The bear walks away"              walks        ▶ "heavy footfalls"      (who moves how)
"The bear waits"                   nothing      ▶ the place's own sound  (where it happens)
"""

from __future__ import annotations

import re

from scripting.foreign_places import LANGUAGES
from scripting.foreign_sounds import ambience_abroad, sound_abroad
from scripting.plausible import Medium, medium_of, misfit_of_place
from scripting.word_tables import WordTable, entries

__all__ = ["ambience_of", "sound_of", "sounds_of_action"]

_ANIMALS = r"(?:dog|puppy|cat|kitten|fox|lion|tiger|leopard|cheetah|wolf|rabbit|squirrel|husky|mouse|raccoon|monkey|chipmunk|hare|otter|cub)s?"
_HEAVY = r"(?:bear|elephant|rhino|rhinoceros|hippo|buffalo|gorilla|giant|dinosaur)s?"
_HOOFED = r"(?:horse|deer|cow|goat|zebra|donkey|antelope|gazelle|moose|camel|bull)s?"
_WINGED = r"(?:bird|eagle|owl|parrot|toucan|duck|gull|seagull|swan|crow|sparrow|puffin|falcon|pigeon|goose|bat)s?"
_INSECT = r"(?:butterfly|butterflies|moth|bee|dragonfly|ladybug|firefl\w+|insect)s?"
_LIQUID = r"(?:water|wine|milk|tea|coffee(?! beans?)|juice|soup|batter|oil|liquid|beer|honey|lemonade|cocoa)"
_WALKS = r"(?:walks?|runs?|steps?|strolls?|marches|approaches|enters?|follows?|chases?|races?|trots?|wanders?|climbs?|jogs?|hikes?|sprints?|crosses|darts?|sneaks?|stalks?|pounces?|jumps?|leaps?|charges?|goes|moves? (?:through|behind|across|along|to|toward|towards)|cross|jogs?|jog|hurries|rushes|arrives?)"

# In the order of preference: what is done to what, then who moves how, then what is merely there.
_SOUNDS: WordTable = (
    # what verbs that are sounds tell
    (r"moos?|mooing|cows? (?:low|bellow)s?", "a cow mooing"),
    (r"neigh(?:s|ing)?|whinn(?:y|ies|ying)", "a horse neighing"),
    (r"oink(?:s|ing)?|pigs? (?:grunt|snort|squeal)s?", "a pig grunting"),
    (r"bra(?:ys?|ying)", "a donkey braying"),
    (r"quack(?:s|ing)?", "a duck quacking"),
    (r"(?:rooster|cockerel|cock)s? (?:crow|call)s?|cock-a-doodle-doo", "a rooster crowing"),
    (r"caw(?:s|ing)?", "a crow cawing"),
    (r"hoot(?:s|ing)?(?! with)", "an owl hooting"),
    (r"chirp(?:s|ing)?|tweet(?:s|ing)?|twitter(?:s|ing)?|warbl(?:es?|ing)", "birds chirping"),
    (r"squawk(?:s|ing)?|parrots? (?:screech|shriek)(?:es|s)?", "a parrot squawking"),
    (r"(?:snake|cobra|viper|cat|goose|geese)s? hiss(?:es)?", "a long hiss"),
    (r"(?:kettle|steam|valve|pipe|radiator)s? (?:hiss(?:es)?|whistles?)", "steam hissing"),
    (r"(?:bee|wasp|hornet|fly|flies|mosquito(?:es)?|insect|bumblebee)s? (?:\w+ly )?(?:buzz(?:es)?|hums?)", "a bee buzzing"),
    (r"(?:monkey|ape|chimp|chimpanzee)s? (?:chatter|screech|shriek)(?:es|s)?", "a monkey chattering"),
    (r"(?:mouse|mice|rat|bat)s? squeaks?", "a mouse squeaking"),
    (r"gunshots?|shots? (?:rings?|is fired|are fired)|(?:fires|shoots) (?:a|the|his|her) (?:gun|pistol|rifle|revolver|shotgun)|(?:gun|pistol|rifle)s? (?:fires?|goes off)", "a gunshot"),
    (r"explod(?:es?|ing)|explosions?|blows? up|detonat\w+", "a loud explosion"),
    (r"sirens?", "a siren wailing"),
    (r"(?:brake|tire|tyre|wheel)s? (?:screech|squeal|shriek)(?:es|s)?|screech(?:es)? to a (?:halt|stop)", "tires squealing"),
    (r"honk(?:s|ing)?|car horn|(?:horn|foghorn|trumpet)s? (?:blar|sound|blow)(?:es|s|ing)", "a horn blaring"),
    (r"beep(?:s|ing)?|ding(?:s|ing)", "a short electronic beep"),
    (r"snor(?:es?|ing)", "slow snoring"),
    (r"shatter(?:s|ing)?|(?:glass|window|mirror|vase|plate|cup|bottle|mug)e?s? (?:breaks?|smash(?:es)?)", "glass shattering"),
    (r"(?:floor|floorboard|stair|step|hinge|gate|ladder|bed|wood)s? (?:creak|groan)s?", "wood creaking"),
    (r"doors? (?:slams?|bangs?)|slams? (?:a|the|his|her|their) (?:\w+ )?(?:door|gate|lid|trunk)", "a door slamming"),
    (r"thud(?:s|ding)?|thump(?:s|ing)?", "a dull thud"),
    (r"(?:radio|intercom|walkie-talkie|speaker|static|phone line)s? (?:crackles?|hiss(?:es)?)", "radio static crackling"),
    (r"whips? cracks?|cracks? (?:a|the|his|her) whip", "a whip cracking"),
    (r"(?:chain|key|bracelet|spur)s? (?:rattle|clank|jingle|jangle)s?", "metal jingling"),
    (r"rattl(?:es?|ing)|clatter(?:s|ing)?", "things rattling"),
    # speech and voices
    (r"cries|cry|crying|sobs?|weeps?|wails?", "soft crying"),
    (r"laughs?|giggles?|chuckles?", "soft laughter"),
    (r"whistles?", "a whistle blowing"),
    (r"howls?", "a long howl"),
    (r"barks?", "a dog barking"),
    (r"meows?|purrs?", "a cat purring"),
    (r"croaks?", "frogs croaking"),
    (r"roars?|growls?", "a deep roar"),
    (r"(?:engine|motor|car|truck|tractor|bike|motorcycle|motorbike)s? (?:coughs?|splutters?|sputters?|stalls?|dies|backfires?)", "an engine sputtering"),
    (r"sneezes?|coughs?", "a sudden gasp of breath"),
    # music
    (r"tunes? (?:his|her|a|the|its|their) (?:violin|guitar|cello|harp)", "single violin notes, retuned"),
    (r"violin|cello|fiddle", "violin music"),
    (r"piano", "piano music"),
    (r"guitar", "guitar music"),
    (r"drums?|drumming", "drums beating"),
    (rf"{_WINGED} sings?", "birds singing"),
    (r"melody|music|sings?|songs?|orchestra|flute|concert|rehearses? a (?:song|piece)|choir", "music playing"),
    (r"dances?|pirouettes?|ballet|choreograph\w+", "dance shoes scuffing on the floor"),
    (rf"{_INSECT}.*(?:flies|lands|rests|flutters|lifts)", "a faint flutter of wings"),
    # bells, clocks, machines
    (r"(?:phone|telephone|smartphone|cellphone|mobile)s? (?:rings?|is ringing|starts ringing|begins to ring)|ringing (?:phone|telephone)", "a phone ringing"),
    (r"(?:phone|telephone|smartphone|cellphone|mobile)s? (?:buzzes|vibrates)", "a phone buzzing"),
    (r"wind chimes?", "a wind chime ringing"),
    (r"alarm", "an alarm ringing"),
    (r"bells?|doorbell|rings? out", "a bell ringing"),
    (r"clock|ticks?|ticking|stopwatch|countdown|counts? down|time increases|timed|just before time|hands (?:stop|move|spin)", "a clock ticking"),
    (r"vacuum(?: cleaner)?", "a vacuum cleaner humming"),
    (r"drone", "small rotors whirring"),
    (r"robots?|android|conveyor|gears?", "a motor whirring"),
    (r"plane runs|runs a plane|shavings?", "a plane scraping along wood"),
    (r"helicopters?|chopper", "helicopter blades whirring"),
    (r"motorbikes?|motorcycles?|mopeds?|motorboats?|speedboats?", "an engine running"),
    (r"boats? (?:leaves|departs|sets off|pulls away|glides|drifts|crosses|approaches|arrives?|returns|sails?|rocks|passes)|ships? (?:leaves|departs|glides|approaches|arrives?|sails?|passes)", "water splashing"),
    (r"plane|rocket|jet|spaceship", "the roar of engines"),
    (r"(?:a|the) train|trains? (?:arrives?|passes|pulls)|locomotive", "a train rumbling"),
    (r"drifts?|skids?|(?:car|truck|taxi|bus)\b(?! (?:stop|park|lot|wash|shelter)\b).*\b(?:turns?|stops?|brakes?)", "tires squealing"),
    (r"changes? a tire|lug nuts?|bolts?|wrench|tightens?", "a wrench clicking"),
    (r"(?:under|beneath|underneath) (?:a|the|his|her|their) (?:\w+ )?(?:car|truck|van|bus)", "a wrench clicking"),
    (r"hood of", "a metal hood creaking"),
    (r"(?:car|truck|taxi|bus|motorcycle|tractor|race car|scooter|van|lorry|jeep|ambulance)s?\b(?! (?:stop|park|lot|wash|shelter)\b)|engine|drives? (?:down|up|off|away|along|past|into)", "an engine running"),
    (r"(?:bicycle|bike|cyclist|tricycle)s?|pedals?", "a bicycle chain whirring"),
    (r"skateboards?|skates?|skateboarder (?!picks)", "small wheels rolling on concrete"),
    (r"suitcase.*rolls?", "suitcase wheels rolling"),
    (r"zips?|zipper", "a zip sliding shut"),
    # kitchen and table
    (r"hot pans?|fry(?:ing)?|fries|omelett?e|pancakes?|sears?|saut\w+|grills?|stove", "a pan sizzling"),
    (r"whisks?|beats? eggs", "a whisk beating in a bowl"),
    (r"chops?|slices?|dices?|minces?|knives", "a knife tapping on a board"),
    (r"flour|batter", "a spoon scraping a bowl"),
    (r"kneads?|dough", "dough slapping on wood"),
    (r"mortar|pestle", "a pestle grinding in a mortar"),
    (r"pours? .*grinder|grinds?|grinder", "a grinder grinding"),
    (r"pours? .*(?:beans?|cereal|rice|seeds|pills|coins|nuts|candies|pebbles|popcorn)", "small pieces rattling"),
    (rf"(?:pour(?:s|ed|ing)?|adds?|fills?) .*{_LIQUID}|{_LIQUID} is poured|pours?|fills? (?:a |the )?(?:watering can|glass|cup|kettle|bucket)", "liquid pouring"),
    (r"espresso|barista|coffee cultures?|signature cup|latte|steams? milk", "an espresso machine hissing"),
    (r"uncork\w*|corks?", "a cork popping"),
    (r"(?:soda|beer|can) (?:is )?opened|soda can|opens? a can", "a can hissing open"),
    (r"fizz\w*", "fizz hissing"),
    (r"(?:thermos|jar|flask|lid)", "a lid scraping on its thread"),
    (r"stirs? .*(?:pot|soup|pan|bowl)", "a spoon stirring in a pot"),
    (r"(?:stirs?|stirred|stirring)", "a spoon clinking in a cup"),
    (r"tast(?:es?|ing)|sips?|slurps?", "a quiet slurp"),
    (r"seasoning|seasons? (?:the|a|it)|salt|pepper|sprinkl\w+", "a shaker rattling"),
    (r"drinks?|gulps?", "quiet gulps"),
    (r"wipes? (?:it|the table|a table|down|clean|the counter)|rubs? oil", "a cloth rubbing on wood"),
    (r"sets? (?:new )?(?:the )?(?:place settings?|table)|clears? (?:a|the) table|serves?|plate|plates|plating|dishes|onto a plate", "plates set down with a clink"),
    (r"toasts?|clinks? glasses|glass (?:is|are) (?:set|placed|put)|wine glass", "glass clinking"),
    (r"eats?|chews? on|chews?|bites?|crunch\w*|nibbles?|food", "quiet chewing"),
    # paper, desk, tools
    (r"crumpl\w+", "paper crumpling"),
    (r"stamps? (?:a|the)", "a stamp thumping on paper"),
    (r"staples?|stapler", "a stapler clicking"),
    (r"files? (?:it|them|a|the).*(?:cabinet|drawer|folder)|drawers?|cupboard|furniture|filing cabinet", "a drawer sliding"),
    (r"paw print", "a paw patting the canvas"),
    (r"wr(?:ites?|iting|ote) .*\bsand", "fingers scraping through sand"),
    (r"draws? (?:a|an|the|on|his|her) (?:\w+ )?(?:picture|lines?|map|plan|circle|portrait|face|house|paper|tree|sketch)|draws? on|begins? to draw|sketch\w*|blueprint", "a pencil scratching on paper"),
    (r"wr(?:ites?|iting|ote)|signs? (?:a|the|it|his|her|their|an|off)|signed|stalled draft|(?:a|the) pen|records? (?:it|the (?:result|data))|novel|agreement|contract|notebook|collects? data|notes? down", "a pen scratching on paper"),
    (r"label(?:s|led)?", "a label peeling off its strip"),
    (r"paintbrush with|picks? up a (?:paint)?brush", "a brush handle clicking against wood"),
    (r"palette", "a palette knife scraping"),
    (r"brush(?:es)? (?:paint|onto)|paints?|painting a|canvas|brushstrokes?|broad brush|mural|adds whiskers", "a brush stroking canvas"),
    (r"type[sd]?|typing|typed|keyboard|codes?|laptop", "keys clicking"),
    (r"clicks? (?:a|the) mouse", "a mouse button clicking"),
    (r"(?:presses|pushes) (?:a|the) button|button|switch", "a button clicking"),
    (r"light bulb (?:burns? out|pops)", "a light bulb popping"),
    (r"light bulb|lightbulb|neon|lamp (?:flickers|glows)", "a faint electric hum"),
    (r"ipad|tablet|phone screen|swipes?", "a finger tapping on glass"),
    (r"cards?", "cards snapping together"),
    (r"newspaper|page|pages|book|letters?|map|documents?|envelope|papers?|sheets?|note|booklet|magazine|diary|script|poster", "paper rustling"),
    (r"measur\w+", "a tape measure sliding out"),
    (r"saws?|sawing|cutting (?:a |the )?(?:wood|board|plank)|practices? cutting", "a saw biting into wood"),
    (r"hammers?|nails?", "a hammer knocking on wood"),
    (r"sands? (?:the|a)|sandpaper|planes? (?:the|a) (?:board|plank)", "sandpaper scraping over wood"),
    (r"carv\w+|chisel\w*|whittl\w+", "a chisel scraping wood"),
    (r"assembl\w+|boards? (?:off|together)|woodwork\w*|carpent\w*|finish(?:es)? the craft|workbench", "wood knocking against wood"),
    (r"sew(?:s|ing)?|stitch\w*|tailor\w*|knits?|knitting|weav(?:es|ing)(?! (?:through|between|among|amongst|past|around|across|along|down|up|in and out|in|out|into|his|her|its|their|toward|towards)\b)|embroider(?:s|ing)", "thread pulling through cloth"),
    (r"lump of clay|prepares? clay|wedges?|cuts? .*clay|kneads? .*clay", "wet clay slapping on a table"),
    (r"potter|clay|shapes? a bowl|wheel", "a potter's wheel humming"),
    (r"weld\w*|solder\w*|sparks?", "metal hissing"),
    (r"drill\b(?!s)|drills a", "a drill whirring"),
    (r"chess|board games?|tense rounds|decisive move|makes a move|rules question|checkers|dice|game pieces?|wooden pieces?", "wooden pieces clicking on a board"),
    (r"domino(?:es|s)?", "dominoes clicking"),
    (r"unlocks?|locks?|puzzles?|padlock|key turns?", "a lock clicking"),
    (r"sensor|prototype|device|setup|readings?|calibrat\w+|telescope|monitor", "soft electronic beeps"),
    (r"microscope|test tube|beaker|experiment|pipette|flask", "glass clinking softly"),
    (r"lamp on its stand|lamp on a stand|reflector", "a metal stand scraping on the floor"),
    (r"photograph\w*|visual diary|long-exposure|hero shot|selfie|camera|shutter", "a camera shutter clicking"),
    (r"handshake|shakes? hands|high-fives?|claps? (?:his|her|their) hands", "palms slapping together"),
    (r"flippers", "wet flippers slapping"),
    (r"(?:is|are) inserted|cd|disc|record player", "a disc whirring"),
    (r"coins?", "a coin clinking"),
    (r"pills?", "pills rattling"),
    (r"spinning top|spins? on the floor", "a small top humming on the floor"),
    (r"billiard|pool cue|cue ball|white ball", "a cue tapping a ball"),
    # doors, chairs, things that open
    (r"umbrellas?", "an umbrella snapping open"),
    (r"blinds?|curtains?|shutters?", "slats rattling"),
    (r"sunroof", "a panel sliding"),
    (r"handbag|purse|briefcase", "a clasp snapping"),
    (r"mailbox|hatch", "a metal flap squeaking"),
    (r"refrigerator|fridge|freezer", "a heavy door opening with a hiss"),
    (r"door|gate", "a door creaking"),
    (r"rocking chair|chair|hammock", "a chair creaking"),
    (r"ladder|scaffold\w*|stairs|staircase", "steps creaking"),
    (r"ropes?|knot|tiller|hauls?|swings? on|on a swing", "a rope creaking"),
    # air, fire, water, weather
    (r"lights fireworks", "a fuse hissing"),
    (r"fireworks?|explod\w+|firecracker", "fireworks bursting"),
    (r"extinguish\w*|snuffs?|blows? out (?:a|the) candle", "a flame hissing out"),
    (r"furnace|glowing rods?|glowing lump|fire|flames?|candle|match|campfire|burns?|bonfire|adds more wood|torch", "fire crackling"),
    (r"inflat\w+|blows? up a balloon|balloons?", "a balloon squeaking"),
    (r"deflat\w+|released into the air", "air hissing out"),
    (r"(?:bubbles?|it) pops?|pops", "a tiny pop"),
    (r"soap solution|dipped into", "a soft splash"),
    (r"bubble is blown|blows? (?:a )?bubbles?", "a soft puff of breath"),
    (r"bubbles?", "bubbles bubbling softly"),
    (r"thunder|lightning|storm(?:y)?", "thunder rolling"),
    (r"snowstorm|blizzard|gale", "wind howling"),
    (r"rain(?:s|y|drops)?|drizzle", "rain pattering"),
    (r"watch\w* the waves|waves? (?:crash|break|roll|splash|lap|erase)\w*|the waves|surf", "waves rolling in"),
    (r"shakes? (?:off )?(?:the )?water", "drops pattering on the ground"),
    (r"(?:jumps?|leaps?|falls?|slides?|runs?) into (?:a|the) (?:\w+ )?(?:pond|pool|lake|sea|water|river|puddle)", "a loud splash"),
    (r"dives?|swims?|splash\w*|bathes?|underwater|into the (?:water|sea|pool|lake|pond|river)|backstroke|pool wall|spill\w*|spray\w*|puddle|waters the|thrown into the water|reels? in|sinks?|paddles?|rows? (?:a|the)", "water splashing"),
    (r"stream|river|waterfall|water|pond|lake|sea|ocean|floating", "water lapping"),
    (r"slides? (?:on|over|across|down) (?:the |an? )?(?:ice|icy)", "sliding over ice"),
    (r"slides? down a slide", "a metal slide squeaking"),
    (r"mud", "mud squelching"),
    (r"windmill", "wooden blades creaking"),
    (r"kite|sails?|flag", "cloth flapping in the wind"),
    (r"hedge|shears|trims?|prun\w+", "shears snipping"),
    # sport
    (r"soccer ball is kicked|kicks? (?:a|the) ball|is kicked", "a boot thumping a ball"),
    (r"crossbar|goalpost", "a ball clanging on metal"),
    (r"hits? (?:a|the) (?:flying )?(?:base|tennis|golf )?ball|swings? (?:a|the) (?:bat|racket|club)", "a bat cracking against a ball"),
    (r"lets? go of the bat", "a bat clattering down"),
    (r"ball (?:flies|hits the grass)", "a quick whoosh"),
    (r"bounces?|dribbles?", "a ball bouncing"),
    (r"rolls? (?:toward|towards|back|away|along)", "something small rolling on the floor"),
    (r"train together|warms? up|workout|push-?ups|technique drills?|coach\w*|spar(?:s|ring)?|stretches (?!out a)", "sneakers squeaking on the floor"),
    (r"last pose|finish line|victory|wins?|winner|goal\b|audience|applau\w+|claps?|bows?|runway|ceremony|medal|trophy", "applause"),
    (r"cheers?|crowd", "a cheering crowd"),
    (r"catwalk|coat|shawl|skirt|hem|sash|sleeves?|outfits?|garments?|dress(?:es)?|fashion|costumes?|wears?|suit|clothes|styles", "fabric swishing"),
    # bodies
    (r"humming ?bird", "tiny wings humming"),
    (rf"{_WINGED}.*(?:flies|flutters?|takes? flight|soars?|swoops?|lands?|returns?|catches|tosses)|wings", "wings beating"),
    (r"chickens?|hens?|rooster", "hens clucking"),
    (r"sheep|lambs?|goats?", "sheep bleating"),
    (rf"{_HOOFED}.*{_WALKS}|gallops?|hooves", "hooves thudding on the ground"),
    (rf"{_HEAVY}.*(?:walks?|runs?|steps?|approach\w*|charges?|stops?)", "heavy footfalls"),
    (rf"{_ANIMALS}.*climbs? (?:a|the|up a|up the|back up)?\s*(?:tree|trunk|branch)|claws", "claws scraping bark"),
    (r"climbs? (?:a|the|up a|up the) (?:tree|trunk)", "shoes scraping bark"),
    (rf"{_ANIMALS} digs?|(?:dog|bear|badger|fox|rabbit|squirrel) (?:uncovers|buries|gathers)", "paws scraping earth"),
    (r"digs?|shovels?|plants? (?:a|the)|soil|seedlings?|buries", "soil crumbling"),
    (rf"{_ANIMALS}.*(?:runs?|chases?|sneaks?|stalks?|pounces?|walks?|jumps?|trots?|spins?|herds?|goes|darts?|fetches)", "quick paws on the ground"),
    (r"(?:cat|kitten) (?:sleeps|lies|sits|rests|curls|naps|stretches|wakes|yawns)", "a cat purring"),
    (r"spider.*(?:drops|climbs|spins)", "a faint scratching"),
    (r"sniffs?|smells?", "quiet sniffing"),
    (r"tongue", "a wet flick"),
    (r"wags? its tail", "a tail tapping on the ground"),
    (r"slips?|loses? (?:its|his|her) (?:footing|balance)", "a sudden scrape"),
    (r"collides?|wrestles?|crash\w*|smash\w*|tackles?|knocks? down|pushes? down|thrown out", "a heavy thud"),
    (r"hits?|strikes?|bumps?|kicks?|falls?|drops?|jumps? (?:on|onto|in|into|down)|lands?|slams?|flattens?", "a dull thud"),
    (r"lies down|sits? down|kneels?", "a soft thump"),
    (r"(?:throws?|tosses?|flips?|flipped|launch\w*|hurls?|spins? a ball|leaps?|flies|fly)", "a quick whoosh"),
    (r"catches", "a soft slap"),
    (r"branch(?:es)?|leaf|^leaves|(?:dry|dead|fallen|falling|autumn|green|golden|red|brown|wet|tea|palm|of|the|some|in|through|on|with|its|rustling) leaves|bush|grass|tree|trees|fruit|apples|acorns|logs?|hides?|stick|berry|plants?|flowers?", "leaves rustling"),
    (r"puts? on|ties?|damp cloth|blankets?|hat|pockets?|bags?|hair|scarf|gloves|fort", "cloth rustling"),
    (r"(?:is|are) (?:placed|set|put|captured)|(?:puts?|places?|sets?) .*(?:on|onto|down)|stacks?", "a soft tap on wood"),
    (r"galax\w+|planets?|moonbeam|star|stars|rainbow|constellations?|glowing|solidif\w+|magic\w*|portal|turns? pink", "a low shimmering hum"),
    (r"snow|snowman|ski|skis|sled", "snow crunching"),
    (_WALKS, "footsteps"),
    (r"wind|breeze|floats?|ascend\w*|soars?|glides?|sky|clouds?", "wind blowing"),
    (r"market|street|city|party|pedestrians|guests", "a murmuring crowd"),
)  # fmt: skip

_AMBIENCES: WordTable = (
    (r"rain\w*|storm\w*", "Steady rain"),
    (r"underwater", "Muffled water and slow bubbles"),
    (r"sea|shore|beach|harbou?r|boat|island|coast|ocean|pier", "Waves and wind from the sea"),
    (r"gym|sports hall", "The hum of a large hall"),
    (r"pool", "Water lapping softly"),
    (r"restaurant|caf[eé]|coffee\w*|bar|stage|audience|crowd|stadium|sports|arena|theat(?:er|re)|runway|tournament", "A quiet crowd in the background"),
    (r"forest|jungle|garden|park|meadow|clearing|savannah|farm\w*|field|fields|pond|bank|backyard|yard|grass\w*|paddock|playground|orchard", "Birdsong and a light wind"),
    (r"street|city|road|roadside|alley|bridge|market|sidewalk|square|rooftop|crosswalk|driveway", "Distant traffic"),
    (r"platform|railway|station", "A station's distant rumble"),
    (r"desert|mountain|cliff|sky|snow\w*|icy|hill\w*|waterfall|canyon|ridge|dune", "Open wind"),
    (r"space|stars", "A deep, even hum"),
    (r"kitchen|\w*room|office|library|studio|laborator\w+|classroom|workshop|desk|table|hospital|pharmacy|gallery|hall\w*|inside|indoors", "Quiet room tone"),
)  # fmt: skip

_PLACE_SOUNDS: WordTable = (
    (r"sea|shore|beach|harbou?r|boat|ocean|pond|river|lake|water|pool|waterfall|stream", "water lapping"),
    (r"kitchen|restaurant|diner|bistro|caf[eé]|coffee\w*|bar", "dishes clinking"),
    (r"workshop|studio|laborator\w+|garage|factory|workbench|(?:laboratory|work) bench", "tools set down on a bench"),
    (r"gym|sports hall", "sneakers squeaking on the floor"),
    (r"forest|jungle|garden|park|meadow|clearing|farm\w*|tree|trees|backyard|yard|orchard", "birds calling"),
    (r"street|city|road|roadside|alley|square|rooftop", "a car passing by"),
    (r"platform|railway|station", "a train rumbling"),
    (r"park bench|bench", "birds calling"),
    (r"desert|mountain|hill|hills|sky|snow\w*|icy|field|fields|savannah|paddock|grass\w*|cliff|ridge|dunes?", "wind blowing"),
    (r"office|library|classroom|\w*room|desk|corner|table|pharmacy|gallery", "a clock ticking"),
)  # fmt: skip


def sounds_of_action(event_text: str, setting: str) -> list[str]:
    """The sounds that code knows an action to make and its place to carry, the surest first."""
    told = entries(_SOUNDS, event_text)
    return [sound for sound in told if misfit_of_place(sound, action=event_text, setting=setting) is None]


def sound_of(event_text: str, setting: str, before: str = "", *, dressed: bool = True, language: str = "en") -> str:
    """A sound that the event makes and its place carries; else what the place would make.

    Args:
        event_text: the user's clause.
        setting: where it happens.
        before: the sound of the shot before, which is repeated only where there is no other.
        dressed: whether somebody is there whose clothes can be heard.
        language: the story's, in whose words the sound is told.
    """
    if language.split("-")[0].lower() in LANGUAGES:
        return sound_abroad(event_text, setting, before, language, dressed=dressed)
    if medium_of(setting) is Medium.SPACE:
        suited = re.search(r"astronaut|helmet|suit", event_text, re.IGNORECASE)
        return "slow breathing inside a helmet" if suited else "a deep hum"
    fitting = sounds_of_action(event_text, setting)
    if fitting:
        return fitting[0]
    under = ["bubbles rising through the water"] if medium_of(setting) is Medium.WATER else []
    around = [*under, *entries(_PLACE_SOUNDS, setting)[:1], *(["a faint rustle of clothes"] if dressed else [])]
    if len(around) < 2:
        around.append("a quiet hum of the room" if medium_of(setting) is Medium.INDOORS else "a light breeze")
    return next((sound for sound in around if sound != before), around[0])


def ambience_of(prompt: str, setting: str, language: str = "en") -> str:
    """The bed of sound under the whole clip, in the words of its language."""
    if language.split("-")[0].lower() in LANGUAGES:
        return ambience_abroad(setting, prompt, language)
    found = entries(_AMBIENCES[:1], prompt) or entries(_AMBIENCES, setting) or entries(_AMBIENCES, prompt)
    return found[0] if found else "Quiet room tone"
