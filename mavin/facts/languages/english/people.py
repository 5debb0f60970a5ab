"""English people and animals: nouns, first names, and what they tell of pronouns."""

from __future__ import annotations

from functools import cache

from mavin.facts.languages.english.grammar import is_plural, noun_lemma, verb_forms
from mavin.facts.model import Gender

__all__ = ["gender_of", "is_animal", "is_first_name", "is_person"]

_FEMALE = frozenset(
    (
        "woman girl lady mother mom mum mama wife sister daughter queen princess grandmother grandma granny "
        "aunt niece actress waitress witch bride girlfriend heroine goddess nun ballerina widow mermaid "
        "businesswoman policewoman saleswoman fisherwoman empress duchess schoolgirl cowgirl stewardess "
        "hostess landlady housewife"
    ).split()
)
_MALE = frozenset(
    (
        "man boy gentleman father dad papa husband brother son king prince grandfather grandpa uncle nephew "
        "waiter wizard groom boyfriend god monk priest widower fisherman businessman policeman salesman "
        "fireman emperor duke schoolboy cowboy guy lad postman mailman swordsman landlord butler"
    ).split()
)
_PEOPLE = (
    _FEMALE
    | _MALE
    | frozenset(
        (
            "person people child kid baby toddler teenager adult student teacher pupil friend partner neighbor "
            "neighbour owner stranger customer passenger pedestrian crowd audience couple family team worker "
            "driver pilot captain sailor soldier guard knight samurai ninja warrior pirate thief detective "
            "officer cop judge lawyer doctor nurse surgeon patient scientist engineer astronaut artist painter "
            "musician singer dancer drummer guitarist pianist violinist chef cook baker barista bartender farmer "
            "gardener fisher hunter butcher tailor carpenter mechanic plumber electrician photographer director "
            "actor magician clown athlete runner swimmer skater skateboarder surfer climber cyclist rider player "
            "goalkeeper referee coach boxer wrestler gymnast archer hiker tourist traveler traveller explorer "
            "archaeologist librarian clerk cashier secretary boss manager executive reporter journalist writer "
            "poet author barber hairdresser pharmacist dentist veterinarian vet postwoman courier messenger "
            "keeper watchman lighthouse-keeper monk nun vampire zombie ghost hero villain spy agent assassin "
            "hacker programmer elder orphan twin cousin sibling parent grandparent model man-at-arms mentor tutor artisan crew juror donor sponsor heir rookie novice apprentice assistant servant intern recruit burglar robber victim suspect witness blacksmith "
            "luthier farrier glazier saddler taxidermist shopkeeper street-vendor vendor merchant peasant shepherd conductor composer ranger firefighter "
            "lifeguard contestant participant opponent rival colleague roommate guest visitor host bride "
            "traveller ceo dj mc heckler barkeep barmaid pal buddy cabbie smith sergeant lieutenant opponent "
            "rabbi imam beggar bishop pope vicar deacon pastor preacher minister mayor president senator governor "
            "ambassador diplomat politician chancellor squire jester bard minstrel knave scribe alchemist blacksmith "
            "clockmaker watchmaker locksmith jeweler jeweller cobbler shoemaker weaver potter glassblower sculptor "
            "miner lumberjack woodcutter welder builder bricklayer mason roofer janitor maid chauffeur "
            "trucker biker commuter hitchhiker wanderer nomad pilgrim hermit prophet oracle shaman druid sorcerer sorceress "
            "warlock necromancer enchantress gangster mobster smuggler bandit outlaw bounty-hunter sheriff deputy marshal "
            "inspector constable bailiff notary attorney prosecutor defendant plaintiff witness prisoner convict warden "
            "jailer hostage kidnapper bodyguard bouncer doorman concierge porter bellhop usher croupier gambler bookie "
            "florist grocer greengrocer fishmonger baron baroness countess viscount marquis sultan caliph emir shah "
            "tsar pharaoh gladiator centurion viking cavalryman infantryman sniper medic paramedic midwife therapist "
            "psychiatrist psychologist radiologist optometrist chemist physicist biologist geologist botanist zoologist "
            "astronomer mathematician philosopher historian linguist economist accountant banker broker trader investor "
            "auctioneer realtor architect surveyor technician dispatcher navigator helmsman "
            "cosmonaut stuntman stuntwoman acrobat juggler ventriloquist puppeteer contortionist "
            "trapeze-artist ringmaster choreographer cellist flautist flutist trumpeter saxophonist bassist "
            "organist harpist busker rapper opera-singer soprano baritone choirboy choirmaster playwright novelist "
            "screenwriter publisher columnist blogger vlogger influencer gamer commentator announcer "
            "newsreader newscaster anchorwoman anchorman presenter moderator interviewer weatherman professor "
            "lecturer headmaster headmistress scholar freshman sophomore schoolteacher nanny "
            "babysitter governess caretaker carer infant newborn preschooler youngster youth pensioner "
            "retiree veteran refugee immigrant settler pioneer villager townsman citizen taxpayer voter protester "
            "activist rebel revolutionary terrorist saboteur informant snitch suspect victim survivor bystander onlooker "
            "passerby spectator goalie quarterback fencer judoka karateka weightlifter "
            "bodybuilder sprinter jogger rower canoeist kayaker windsurfer diver snorkeler skier snowboarder "
            "mountaineer alpinist caver spelunker beekeeper rancher cowhand shepherdess milkmaid farmhand fisherwoman "
            "trapper poacher gamekeeper zookeeper birdwatcher falconer jockey equestrian"
        ).split()
    )
)
_ANIMALS = frozenset(
    (
        "animal dog puppy cat kitten bird horse pony cow bull calf pig piglet sheep lamb goat chicken hen "
        "rooster chick duck duckling goose swan turkey pigeon dove crow raven owl eagle hawk falcon parrot "
        "toucan penguin puffin flamingo peacock seagull gull sparrow robin hummingbird woodpecker bear panda "
        "koala wolf fox lion tiger leopard cheetah jaguar panther elephant rhino rhinoceros hippo "
        "hippopotamus giraffe zebra deer moose elk reindeer antelope camel llama alpaca kangaroo monkey ape "
        "gorilla chimpanzee orangutan lemur sloth raccoon skunk badger beaver otter squirrel chipmunk "
        "hedgehog porcupine rabbit bunny hare mouse rat hamster guinea-pig mole bat snake lizard gecko "
        "chameleon iguana crocodile alligator turtle tortoise frog toad salamander fish shark whale dolphin "
        "seal walrus octopus squid jellyfish crab lobster shrimp snail slug worm spider scorpion ant bee wasp "
        "butterfly moth caterpillar ladybug beetle dragonfly grasshopper cricket mantis mosquito firefly "
        "dragon unicorn phoenix dinosaur donkey mule ox yak buffalo bison lynx cougar coyote jackal hyena "
        "meerkat mongoose weasel ferret stingray starfish seahorse pelican stork heron ostrich emu robot "
        "android alien monster snowman creature puppy "
        "terrier poodle collie spaniel retriever labrador beagle bulldog corgi husky dachshund chihuahua pug hound greyhound tabby kitty "
        "pony foal calf lamb chick duckling gosling fawn cub pup stallion mare ram ewe rooster hen goose swan tomcat mongrel mutt piglet"
    ).split()
)
_FIRST_NAMES_FEMALE = frozenset(
    (
        "anna mara maria marie mary emma olivia sophia sofia ava mia ella lily lucy lena nina nora sara sarah "
        "julia laura eva eve alice amy clara elena ines irene jane kate linda lisa luna maya rosa ruth sally "
        "tina vera zoe hannah lea leah mei yuki sakura aiko priya fatima aisha carmen lucia isabel camille "
        "chloe claire greta heidi ingrid anya olga natasha rachel rebecca helen grace rose daisy iris jasmine "
        "alma ada nadia leila layla mina hana sue susan nancy betty tess rita petra marta paula silvia sonja stella "
        "monika martha judith esther edith ellen fiona gina ida iva jenny judy karin karen katja kate katie lara lydia "
        "margaret mila molly nelly nicole nora olive pia polly sabine sandra tara teresa ursula valeria wendy"
    ).split()
)
_FIRST_NAMES_MALE = frozenset(
    (
        "tom tim john jack james bob ben bill sam max leo luke adam alex david daniel michael mike peter paul "
        "mark marco carlos juan jose diego pablo luis pedro miguel hans karl fritz otto jan lars erik ivan "
        "boris igor pierre jean louis henri luc omar ali ahmed hassan kenji hiro takeshi wei ming chen raj "
        "arjun george harry henry fred frank joe jim will walter oscar noah ethan liam owen finn felix simon "
        "thomas martin anton victor arthur charles edward eddie bruno theo hugo henrik henry albert alfred andrew arne "
        "ben brian carl christopher dennis dieter emil ernst finn gustav harold ivan jakob jacob jonas joseph josef "
        "julian kevin kurt lukas magnus matt matthew nick nicholas nils oskar olaf otto pavel philip ralph richard "
        "robert roger samuel sebastian stefan steve steven sven tobias vincent william"
    ).split()
)

_AGENTS = tuple(
    "woman man boy girl person grapher ologist ician arian keeper maker player singer dancer worker driver rider runner fighter "
    "hunter seller teller walker cleaner trader builder swimmer skater rower shearer sweeper smith monger maid soprano tenor "
    "trumpeter referee umpire jockey mime diva maestro granddaughter grandson".split()
)

_THINGS = frozenset(
    "accelerator actuator adapter adaptor adder amplifier anchor answer armor banner barrier batter beeper bender binder bladder "
    "blaster blazer bleacher blender blinker bloomer blotter blower boater boiler bomber booster boulder bower breaker breather "
    "broiler buffer bulldozer bumper bunker burner buster butter buzzer calculator capacitor caper career caster castor cellar center "
    "charger charter chatter checker chiller chipper choker clamor clangor clapper cleanser cleaver clicker clincher clinker clipper "
    "closer coaster collar color colour comforter compactor compiler compressor computer condenser connector container controller "
    "converter convertor conveyer conveyor cooker cooler copper corner counter cover cracker crater creamer creeper cropper cruiser "
    "cruncher crusher cutter damper decanter decoder defibrillator deflector defroster deicer demeanor detector determiner diffuser "
    "digger dimmer dinner dipper disclaimer dispenser divider door downer drainer drawer dredger dresser dripper dropper dryer dumper "
    "duster edger elevator encoder enhancer enlarger equaliser equalizer eraser error escalator extinguisher extractor fastener "
    "feather feeder feeler feller fender fertiliser fertilizer fiber filler filter finger flapper flasher flicker flipper floater "
    "floor flusher flyer folder former forwarder freezer freighter fryer furor gaiter generator girder glider glimmer grabber grader "
    "grater grinder grouper gusher gutter halter hammer hanger hardener hauler header heater holder hooter hopper horror "
    "hovercraft howler humor incubator indicator inhaler injector jigger jumper junker kicker ladder lager lancer lantern larder "
    "laser lather launcher layer leather ledger letter lever lighter limiter liner linker litter liver loader locker luster mailer "
    "manner manor marker matter merger meteor milker mirror mister mixer monitor moor motor mover mower muffler murmur nipper number "
    "offer opener order ouster pager pallor paper parser patter peeler pepper picker pillar pincer pitcher placer planter plaster "
    "plotter plunger pointer poker polisher popper poster pounder power primer printer processor projector propeller propellor "
    "protractor puffer puller pumper pusher putter quiver radiator rafter rambler razor reactor reamer receiver recliner recorder "
    "reefer reflector refresher refrigerator reminder remover repeater resistor resolver restorer retainer retriever revolver rigor "
    "ringer ripper riser river roaster rocker roller rooster rotor router rover rubber rudder ruler sampler sander saucer saver "
    "scanner scatter scooter scraper sealer seeder seeker selector sensor separator sequencer setter sewer shaker sharpener shaver "
    "shelter shimmer shiner shocker shooter shower shredder shutter sifter silencer silver simulator sinker skewer skimmer slicer "
    "slider slipper sliver smoker sneaker snuffer softener solver sorter spanner sparkler spatter speaker spider spinner splicer "
    "splinter spoiler sprayer spreader sprinkler stabiliser stabilizer stacker stapler starter steamer steriliser sterilizer sticker "
    "stiffener stinger stinker stirrer stoner stopper strainer streamer stretcher strimmer stroller summer super supper suspender "
    "swatter sweater sweeper sweetener swisher switcher tanker taper temper tender tenderizer terror tester tether thickener thinner "
    "thresher thruster thunder ticker tier tiller timer tipper toaster topper totter tracer tractor trailer transformer transmitter "
    "trawler trigger trimmer trotter tumbler tumor tuner twister twitter vaporiser vaporizer vibrator voucher wader wafer wager "
    "waiver warbler warmer washer weather weeder whisker whisper whitener wicker wiggler winder winter wiper wrapper wringer zinger "
    "zipper".split()
)

"""Nouns that end like people named after what they do, and mean things."""


def gender_of(word: str) -> Gender:
    """What a noun or first name tells about pronouns."""
    word = word.casefold().rstrip(".")
    lemma = noun_lemma(word)
    if word in {"mrs", "ms", "miss", "madam", "madame", "señora", "frau"}:
        return Gender.FEMALE
    if word in {"mr", "sir", "lord", "señor", "herr", "monsieur"}:
        return Gender.MALE
    if lemma in _FEMALE or word in _FIRST_NAMES_FEMALE:
        return Gender.FEMALE
    if lemma in _MALE or word in _FIRST_NAMES_MALE:
        return Gender.MALE
    return Gender.PLURAL if is_plural(word) else Gender.UNKNOWN


_MADE = frozenset("snowman strawman".split())
"""Named after people, made by them: a role only if they act."""


@cache
def is_person(word: str) -> bool:
    """Whether a lower-case noun means a human being."""
    lemma = noun_lemma(word)
    if "-" in lemma and lemma.rsplit("-", 1)[1] in _PEOPLE:
        return True  # "sous-chef", "co-pilot"
    if lemma in _PEOPLE or (lemma.endswith(_AGENTS) and lemma not in _MADE):
        return True
    if lemma.endswith("ist") and len(lemma) > 6:
        return True
    if (
        not lemma.endswith(("er", "or"))
        or lemma in _THINGS
        or lemma.endswith(("scraper", "meter", "water", "flower", "tower"))
    ):
        return False
    # A sniper snipes, a runner runs: whoever is named after what they do.
    stems = {lemma[:-1], lemma[:-2], lemma[:-3] if lemma[-4:-3] == lemma[-3:-2] else lemma[:-2]}
    return any("VB" in verb_forms(stem) for stem in stems if len(stem) > 2)


@cache
def is_animal(word: str) -> bool:
    """Whether a lower-case noun means an animal or another creature that acts."""
    return noun_lemma(word) in _ANIMALS


def is_first_name(word: str) -> bool:
    """Whether a lower-case word is one of the common first names."""
    return word in _FIRST_NAMES_FEMALE or word in _FIRST_NAMES_MALE
