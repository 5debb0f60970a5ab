# ruff: noqa: E501  (tables read better unwrapped)
"""Which words call for which sound, in English and in ten other languages.

An entry is a word or a phrase; ``stem*`` stands for all words that begin so.  ``!`` marks words that
can hardly mean anything else ("barks"), ``?`` words that go with many things ("rings", "slams"); a
text is given to the kind that most of its words speak for.  In Chinese, Japanese and Korean entries
are looked for anywhere in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["ENGLISH", "FOREIGN", "PICTURED", "PLACES", "QUIET", "SILENT", "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase and how strongly it speaks for its kind: 1 weak, 2 plain, 3 strong."""

    phrase: str
    kind: str
    weight: int
    prefix: bool = False


def _entries(table: str) -> tuple[Entry, ...]:
    return tuple(_parsed(table))


def _parsed(table: str) -> Iterator[Entry]:
    for line in table.strip().splitlines():
        kind, _, words = line.partition(":")
        for word in words.split(","):
            text = word.strip()
            weight = {"!": 3, "?": 1}.get(text[:1], 2)
            text = text.lstrip("!?")
            if text:
                yield Entry(text.rstrip("*"), kind.strip(), weight, text.endswith("*"))


ENGLISH = _entries("""
rain: rain, rainfall, drizzle, downpour, shower of rain, rainstorm, storm, raindrop, ?pour, ?patter
wind: wind, breeze, gust, gale, windstorm, blizzard, tornado, hurricane, sandstorm, draft, draught
thunder: !thunder, thunderclap, thunderstorm, thunderbolt, lightning, ?rumble
sea: sea, ocean, wave, waves crash, surf, tide, shore, seashore, breaker, lapping water, ?lap
stream: stream, river, brook, creek, rapids, fountain, running water, ?water, ?tap, faucet, ?flow, ?trickle, ?gurgle
waterfall: waterfall, cascade, cataract, flood, shower, showerhead
drip: !drip, water drop, droplet, leak, leaking tap, plop
splash: !splash, plunge, dive, cannonball, ?jump into water
boiling: boil, !bubble, simmer, cauldron, ?bubbling
pouring: !pouring, pours, poured, fills a glass, fills the glass, fill a cup, coffee being poured, tea being poured
fire: !crackle, fire, fireplace, campfire, bonfire, flame, blaze, burn, torch, ember, wood fire
sizzle: !sizzle, fry, frying, grill, frying pan, cooking, cook, bacon, barbecue, stir-fry, wok
hail: hail, hailstone, sleet, pebble, gravel, sand, ?rattle
earthquake: earthquake, quake, tremor, rockslide, landslide, stone door, rolling boulder
avalanche: avalanche, collapse, building collapses, stampede, rocks fall
snow: snow, steps in snow, snow crunches, footsteps in snow, footsteps in the snow, !crunch, crunching snow, footsteps on gravel
ice: ice, ice cracks, cracking ice, icicle
dog: !bark, dog, puppy, hound, !woof, !yap, !yelp, whimper, ?bay
wolf: wolf, coyote, ?howl, wolf howl, dog howls
cat: cat, kitten, !meow, !miaow, !mew, !mewl, caterwaul
purr: !purr, cat purrs, purring cat
lion: lion, tiger, panther, leopard, bear, ?roar, dinosaur, dragon, monster, beast
growl: !growl, !snarl, gnarl, dog growls, bear growls, gorilla, grizzly, creature
horse: horse, pony, !neigh, !whinny, donkey, mule, !bray, ?snort
hooves: !hoof, !hoofbeat, !gallop, !clop, !clip-clop, !trot, canter, horse gallops, horse trots, cavalry, carriage
cow: cow, cattle, bull, ox, !moo, calf
sheep: sheep, goat, lamb, !bleat, !baa
pig: pig, hog, boar, !oink, piglet, !grunt
elephant: elephant, !trumpeting, elephant trumpets, mammoth
monkey: monkey, chimpanzee, ape, chimp
birds: bird, birdsong, !chirp, !tweet, !twitter, sparrow, robin, nightingale, canary, dawn chorus, songbird, !warble, swallow, parrot
gull: gull, seagull, eagle, hawk, falcon, !screech of a gull, ?caw of gulls
crow: crow, raven, !caw, magpie, vulture
rooster: rooster, cockerel, cock, !cock-a-doodle-doo, rooster crows, cock crows
hen: hen, chicken, !cluck, turkey, poultry
duck: duck, goose, geese, !quack, !honking goose, swan, mallard
owl: owl, !hoot, dove, pigeon, !coo, cuckoo
frog: frog, toad, !croak, !ribbit
crickets: cricket, cicada, insect, grasshopper, katydid
bee: bee, wasp, fly, mosquito, hornet, bumblebee, !buzz, swarm
snake: snake, serpent, rattlesnake, !hiss, cobra, steam, steam escapes, gas leak, spray, aerosol, air leak
mouse: mouse, rat, hamster, !squeak, bat
whale: whale, dolphin, whale song
wings: !flap, wing, wingbeat, !flutter, flapping wings, flag flaps, sail flaps
gnawing: gnaw, chewing dog, bone, !munch, !nibble
crowd: crowd, !chatter, !murmur of voices, people talking, voices, audience, bustle, !hubbub, babble, conversation, chattering, commotion, market, party
applause: !applause, !applaud, ovation, audience claps, crowd claps, people clap
clap: !clap, handclap, slap, high five, fingers snap
cheer: !cheer, crowd cheers, crowd roars, cheering, stadium, hooray, fans, crowd erupts
laughter: !laugh, !laughter, !giggle, !chuckle, !cackle, !snicker
scream: !scream, !shriek, !yell, !wail of a woman, screech of terror
baby: baby, infant, newborn, baby cries, baby crying, toddler
sob: !sob, !cry, weep, !crying, whine, moan, groan
gasp: !gasp, sharp breath, inhale, hiccup
breath: !breath, !breathe, !sigh, pant, exhale, panting
cough: !cough, clears throat, throat clearing
sneeze: !sneeze, achoo, sniff, sniffle
snore: !snore, sleeper, snoring
whistle: ?whistle, someone whistles, man whistles, referee whistle
singing: ?sing, singer, choir, chorus, !chant, !hum a tune, hymn, lullaby, voices singing, aria, humming
steps: !footstep, step, footfall, walk, boots, shoes, heels, !stomp, pace, march, !tread, !tiptoe, hiking
running: running footsteps, runs, running feet, sprint, hurried footsteps, feet running, fast footsteps, scurry
heartbeat: !heartbeat, heart, pulse, heart beats, heart pounding
kiss: !kiss, smooch, smack of lips
chewing: !chew, bite, eats, eating, crunching an apple, biting an apple, slurp
gulp: !gulp, !swallow, drinks, drinking, sip, swig
murmur: !whisper, whispering, hushed voices, ghostly voices
fight: !punch, fight, fistfight, kick, brawl, blow, slap fight, scuffle, struggle, hit, beat up
knock: !knock, tap on the window, rap, tap, tapping, pounding on the door, bangs on the door, knocks on the door
door: door, door slams, gate, hatch, door shuts, door closes, door opens, ?slam, ?shut, lid, drawer, trunk closes, car door, cupboard
creak: !creak, floorboard, hinge, door creaks, wood creaks, stairs creak, rusty hinge, !groaning wood, squeaky door, old stairs
lock: lock, key turns, key in the lock, latch, bolt, padlock, deadbolt, safe, handcuffs
keys: keys, jingle, !jangle, keys jingle, chain, chains rattle, bracelet, wind chimes, wind chime, sleigh bells
coin: coin, coins, money, cash register, coin drops, change, slot machine
glass: glass breaks, glass shatters, !shatter, glass shattering, breaking glass, window breaks, vase breaks, plate breaks, mirror breaks, bottle breaks, glass smashes, ?smash, ?break, vase, window, mirror
clink: !clink, glasses clink, glass, toast, !chink, goblet, bottle, ice cubes, crystal, wine glass, cup, mug
dishes: dish, plate, pots and pans, cutlery, crockery, !clatter, tableware, spoon, fork, pan, pot, dishes clatter, tray, silverware, china
clock: clock, !tick, !ticking, watch, metronome, stopwatch, pendulum, timer
bell: bell, church bell, !toll, bell tolls, clock strikes, school bell, ship's bell, bell tower, belfry, clock tower, cathedral bell, cathedral, !chime, temple bell
small_bell: small bell, little bell, hand bell, shop bell, !tinkle, !ding, counter bell, cat's bell, cowbell, jingle bell, triangle, shop door
doorbell: !doorbell, door bell, ding-dong, ding dong, intercom, buzzer
gong: !gong, tam-tam
crash: !crash, car crash, collision, wreck, car crashes, pile falls, shelves collapse, metal crashes, trash can, impact, things fall, smash into, !clang, metal, cymbals fall, scrap
thud: !thud, thump, body falls, falls to the floor, drops to the floor, fall, drop, bag drops, lands, book drops, book falls, ?land, ?bump, ?hit, ?bang, knock over, topple, box falls, ball hits
snap: !snap, twig, branch, branch breaks, stick breaks, pencil breaks, bone cracks, whip, ?crack, whip cracks, mousetrap
pop: !pop, balloon, balloon bursts, bubble bursts, popcorn
cork: !cork, champagne, bottle opens, bottle uncorked, soda can, can opens, opens a beer, fizz, soda
paper: paper, page, !crumple, !crinkle, newspaper, map unfolds, letter, envelope, page turns, book pages, wrapper, pages turn, plastic bag, book
rustle: !rustle, leaf, leaves, bush, grass, cloth, clothes, fabric, curtain, sheets, coat, reeds, undergrowth, silk, shuffle, hay, straw, branches sway, tree
tearing: !tear paper, !rip, tears the letter, tearing, paper tears, torn, tears open, velcro, tape
zipper: !zip, !zipper, unzip, tent opens, jacket zips
writing: !write, pencil, pen, chalk, !scribble, !scrawl, quill, !scratch, blackboard, sketching, drawing, brush, sandpaper
typing: !typing, keyboard, types, keystroke, laptop keys, key clicks
typewriter: !typewriter, telegraph, teleprinter
camera: camera, shutter, !snapshot, photograph, camera clicks, photo, paparazzi, flashbulb
switch: switch, light switch, button, !click, lighter, pen clicks, mouse click, lever, gun cocks, lamp clicks
hammer: hammer, anvil, nail, blacksmith, forge, pickaxe, chisel, mallet, hammering, construction, axe, chop, woodcutter
saw: ?saw, !sawing, handsaw, filing, file, plane wood
scissors: scissors, !snip, shears, clippers, haircut, razor
sweeping: broom, sweep, sweeping, mop, rake, brushes teeth, scrub, wiper, windscreen wiper, windshield wiper, shovel
scrape: !scrape, chair scrapes, drag, chair, furniture moves, drags, scraping, stone scrapes, table moves, grinding stone, crate, heavy box
gunshot: !gunshot, gun, pistol, rifle, shot, gunfire, shoot, shots, revolver, shotgun, cannon, musket, gun fires, machine gun, starting pistol
explosion: !explosion, explode, bomb, blast, detonation, !boom, dynamite, grenade, mine, volcano, eruption, erupt
fireworks: firework, fireworks, firecracker, rocket bursts
sword: sword, blade, knife, dagger, swords clash, !clash, armour, armor, steel, fencing, shield, sharpening
whoosh: !whoosh, !swoosh, !swish, arrow, throw, swing, flies past, flyby, rush of air, zoom, cape, bow, glide, passes by, frisbee, slide, vanish, teleport
magic: magic, !sparkle, !shimmer, spell, wand, fairy, twinkle, enchantment, glitter, glow, potion, transformation
squeaky: wheel squeaks, squeaky wheel, swing squeaks, rusty wheel, toy squeaks, pram, trolley, cart, shoe squeaks, sneakers squeak, rocking chair, hamster wheel, wheelbarrow, pulley, winch
bounce: !bounce, ball, basketball, dribble, tennis ball, ping-pong, football
rolling: roll, rolling, barrel, skateboard, suitcase, wheels, marble rolls, boulder, roller skates, wagon, bowling
engine: engine, car, motor, automobile, !rev, !idling, car starts, taxi, drive, vehicle, ignition, car passes, generator
motorcycle: motorcycle, motorbike, scooter, moped, race car, racing car, go-kart, snowmobile, lawn mower, lawnmower, jet ski
truck: truck, lorry, bus, tractor, tank, bulldozer, van, digger, garbage truck, combine
traffic: traffic, city, street noise, highway, road, cars passing, rush hour, city noise, motorway
horn: horn, !honk, car horn, klaxon, !beep beep, honks, hooter, bike horn
ship_horn: ship, foghorn, !ship's horn, ship horn, ferry, steamer, fog horn, ocean liner, tugboat, alphorn
train: train, railway, tram, subway, metro, railroad, train passes, locomotive, !clickety-clack, wagon wheels, rails
train_whistle: train whistle, steam whistle, locomotive whistle, train horn, train whistles, factory whistle
siren: !siren, ambulance, police car, fire engine, fire truck, police, air raid siren, sirens
helicopter: helicopter, chopper, rotor, propeller, drone
plane: plane, airplane, aeroplane, jet, aircraft, airliner, glider, jet engine, fighter jet
rocket: rocket, spaceship, spacecraft, lift-off, liftoff, shuttle, thruster, booster, launch, missile
boat: boat, motorboat, speedboat, outboard motor, rowing boat, paddle, oar
bicycle: bicycle, bike, bicycle wheel, spokes, cyclist, wheelchair, freewheel, ratchet, fishing reel, winding
bicycle_bell: bicycle bell, bike bell, tram bell
screech: !screech, brakes, !squeal, tires, tyres, !skid, tires screech, brakes squeal, chalk squeaks, nails on a chalkboard
phone: phone, telephone, phone rings, telephone rings, landline, old phone, ?ring
ringtone: ringtone, mobile, cell phone, cellphone, smartphone, mobile phone rings, message tone, video call, notification, text message
vibration: !vibrate, vibration, phone vibrates, phone buzzes, tattoo machine, electric razor, electric toothbrush, shaver
alarm: alarm, fire alarm, smoke detector, burglar alarm, smoke alarm, warning tone, red alert, alarm blares, evacuation
alarm_clock: alarm clock, alarm clock rings, wake-up alarm, kitchen timer, digital clock, oven timer
beep: !beep, bleep, barcode, checkout, tone, electronic tone, pager, answering machine, buttons beep, keypad
microwave: microwave, microwave dings, toaster, oven
static: static, radio static, !crackling radio, white noise, interference, walkie-talkie, noise on the line, television noise, tv static, geiger counter
tuning: radio, radio tuning, tuning dial, television, tv, transmission, frequency, broadcast
laser: laser, ray gun, blaster, phaser, lightsaber, zap, teleporter beam, electric shock, spark, sparks, short circuit, electricity
robot: robot, android, servo, mechanical arm, drone arm, automatic door, cyborg
computer: computer, console, data, mainframe, control panel, arcade, video game, dial-up, modem, instruments beep, server
hum: !hum, electric hum, fridge, refrigerator, transformer, neon, air conditioning, air conditioner, ventilation, !drone of, fluorescent light, power line, amplifier, freezer, computer hum
machine: machine, machinery, factory, conveyor, press, assembly line, loom, gears, mill, pump, engine room, clockwork, steam engine, piston, cogs
vacuum: vacuum, vacuum cleaner, hoover, hair dryer, hairdryer, blow-dryer, leaf blower, hand dryer
drill: drill, drilling, dentist, jackhammer, power tool, screwdriver, blender, mixer, coffee grinder, food processor, sewing machine, grinder, espresso machine, coffee machine
chainsaw: chainsaw, chain saw, hedge trimmer, circular saw
fan: fan, ventilator, ceiling fan, windmill, turbine
washing: washing machine, dishwasher, dryer, laundry, toilet, toilet flush, flush
kettle: kettle, teapot, kettle whistles, tea kettle, pressure cooker
elevator: elevator, lift, elevator dings, elevator arrives, escalator
projector: projector, film projector, film reel, camera rolls, reel, slide projector, fortune wheel
scanner: scanner, printer, photocopier, copier, fax, 3d printer, plotter
ping: ping, sonar, !heart monitor, radar, monitor beeps, ecg, submarine, hospital monitor
piano: piano, keyboard music, pianist, grand piano, ragtime, harpsichord
guitar: guitar, banjo, ukulele, lute, guitarist, strum, !strumming, sitar
violin: violin, fiddle, violinist, strings, viola
cello: cello, double bass, bass, contrabass
flute: flute, recorder, clarinet, oboe, piccolo, pan pipe, bagpipe, pipes, ocarina, shakuhachi, harmonica
trumpet: trumpet, bugle, fanfare, trombone, tuba, brass, brass band, cornet, hunting horn, french horn
saxophone: saxophone, sax, jazz
organ: organ, church organ, hymn music
accordion: accordion, concertina, barrel organ, hurdy-gurdy
harp: harp, lyre, glissando, zither, koto
music_box: music box, musical box, carousel, ice cream truck, xylophone, glockenspiel, celesta, marimba
drum: drum, drums, drumbeat, tambourine, bongo, !drumming, percussion, beat, tribal drums, war drums, club music, techno, disco
drumroll: drumroll, drum roll, snare, snare drum, suspense drum
cymbal: cymbal, hi-hat, cymbals
orchestra: orchestra, symphony, orchestral, philharmonic, film score, swell of strings
synth: synthesizer, synthesiser, synth, electronic music, arpeggio, theremin
radio_song: music, song, tune, melody, music plays, record player, gramophone, jukebox, background music, band, radio plays, dance music, muzak, pop music, radio music
""")  # fmt: skip
"""English words."""

FOREIGN = _entries("""
rain: regen*, prasselt, pluie, lluvia, pioggia, chuva, дожд*, ливень, 雨, 비가, 빗소리, 빗방울, مطر, बारिश, yağmur, hujan, deszcz
wind: wind*, böe, vent, viento, vento, ветер, ветр*, вьюга, метель, 风, 風, 바람, ريح, رياح, rüzgar, angin, wiatr
thunder: donner*, !donnert, gewitter*, tonnerre, orage, trueno*, tormenta, truena, tuon*, temporale, trovão, trovões, trovoada, гром*, гроза, 雷, 천둥, رعد, gök gürültüsü, guntur, grzmot
sea: meer*, see*, wellen*, brandung, mer, vagues, vague, océan, mar, olas, ola, oleaje, mare, onde, onda, ondas, море, моря, волны, волна, прибой, 海, 波, 浪, 파도, 바다, بحر, أمواج, deniz, ombak, morze
stream: bach, fluss, wasser*, plätscher*, ruisseau, rivière, eau, río, agua, arroyo, fiume, acqua, ruscello, rio, água, riacho, река, реки, ручей, вода, воды, 河, 溪, 流水, 川, せせらぎ, 水, 강물, 시냇물, 물소리, نهر, ماء
waterfall: wasserfall, chute d'eau, cascade, cascada, catarata, cascata, cachoeira, водопад, 瀑布, 滝, 폭포, شلال
drip: !tropf*, goutte*, gotea*, gota, gocci*, goteja*, капа*, капл*, 滴, 水滴, しずく, 물방울
splash: !platsch*, éclabouss*, plouf, chapot*, salpic*, tuff*, schizz*, mergulh*, всплеск*, плеск*, 水花, 扑通, 溅, ザブン, 水しぶき, 첨벙
fire: feuer*, !knister*, flamme*, feu, crépit*, fuego, hoguera, crepita*, fuoco, fogo, fogueira, lareira, огонь, огня, кост*, треск огня, 火, 焚き火, 炎, 篝火, 불꽃, 모닥불, نار
sizzle: !brutzel*, brät, pfanne, grésill*, poêle, sartén, chisporrot*, friendo, sfrigol*, padella, frigideira, frita*, сковород*, шкворч*, шипит масло, 煎, 炒, 油锅, 炒め, 揚げ, 지글, 요리
dog: !bellt, !bellen, gebell, hund*, welpe, !aboi*, chien*, !ladr*, perro*, !abbai*, cane, cani, !late, !latido*, cão, cães, cachorro*, собак*, !лает, лай, пёс, пес, 狗, 犬, 吠, わんわん, 개가, 강아지, 멍멍, 짖, كلب, نباح, köpek, havla*, anjing, pies, szczek*
wolf: wolf, wölfe, !heult, loup*, hurle le loup, lobo*, !aúlla*, aullido*, lupo, lupi, !ulula*, !uiva*, волк*, !воет, 狼, 遠吠え, 늑대, ذئب
cat: katze*, kater, !miau*, chat, chats, chaton, !miaul*, gato*, gata, !maúlla*, gatto, gatti, !miagol*, !mia, кот, кошк*, !мяу*, 猫, 喵, ニャー, 고양이, 야옹, قطة, kedi, kucing, kot
purr: !schnurr*, !ronronn*, !ronrone*, fusa, !ronrona*, мурлы*, 呼噜, ゴロゴロ, 가르랑
lion: löwe*, !brüllt, tiger, bär, lion*, rugit, tigre*, león, ruge, rugido, leone*, ruggi*, leão, urso, orso, oso, лев, рыч*, рёв, тигр, медведь, 狮, 虎, 熊, 咆哮, ライオン, 사자, 호랑이, أسد
horse: pferd*, !wieher*, cheval*, chevaux, !henni*, caballo*, !relinch*, cavallo, cavalli, !nitri*, cavalo*, !relincha*, лошад*, конь, ржани*, ржёт, 马嘶, 馬, 马, いななき, 말이 울, حصان
hooves: huf*, galopp*, sabots, galop*, cascos, galope, zoccoli, galoppo, копыт*, галоп*, 马蹄, 蹄, ひづめ, 말발굽
cow: kuh*, kühe, !muh*, vache*, !meugl*, vaca*, !muge*, mucca, mucche, !muggi*, коров*, мычит, 牛, 소가, 음메, بقرة
sheep: schaf*, ziege*, mouton*, chèvre*, !bêl*, oveja*, cabra*, pecor*, capra, ovelha*, овц*, коза, блеет, 羊, 양이
pig: schwein*, cochon*, cerdo*, maiale, maiali, porco*, свинь*, хрюка*, 猪, 豚, 돼지
elephant: elefant*, éléphant*, слон*, 象, 코끼리
birds: vogel*, vögel, !zwitscher*, oiseau*, gazouill*, pájaro*, pajarito*, !trin*, uccell*, cinguett*, pássaro*, ave, canto dos pássaros, птиц*, щебе*, чирика*, 鸟, 鳥, 小鳥, さえずり, 새가, 새소리, 지저귀, عصافير, طيور, kuş*, burung, ptak*
gull: möwe*, mouette*, goéland*, gaviota*, gabbian*, gaivota*, чайк*, 海鸥, カモメ, かもめ, 갈매기
crow: krähe*, rabe*, corbeau*, corneille*, cuervo*, corvo, corvi, corvos, ворон*, карка*, 乌鸦, カラス, 까마귀
rooster: hahn*, !kräht, !kikeriki, coq, cocorico, gallo*, quiquiriquí, galo*, cocoricó, петух*, кукарек*, 公鸡, 雄鶏, コケコッコー, 수탉, ديك, horoz
hen: huhn, hühner, !gacker*, poule*, gallina*, galline, galinha*, куриц*, 母鸡, にわとり, 닭
duck: ente*, gans, gänse, !quak*, canard*, oie*, pato*, ganso*, anatra, anatre, oca, утк*, крякает, 鸭, アヒル, 오리
owl: eule*, uhu, kauz, hibou*, chouette*, búho*, lechuza*, gufo, gufi, coruja*, сов*, филин*, 猫头鹰, フクロウ, ふくろう, 부엉이, 올빼미, بومة
frog: frosch*, frösche, grenouille*, coass*, rana*, croa*, gracid*, sapo*, лягушк*, квака*, 青蛙, 蛙, カエル, 개구리
crickets: grille*, zikade*, !zirp*, grillon*, cigale*, grillo*, cigarra*, chicharra*, grilli, cicale, сверч*, цикад*, 蟋蟀, 蝉, 虫鸣, コオロギ, セミ, 虫の, 虫の声, 귀뚜라미, 매미
bee: biene*, !summ*, wespe*, mücke*, fliege, abeille*, bourdonn*, abeja*, mosca, zumb*, ape, api, ronz*, abelha*, пчел*, жужж*, 蜜蜂, 蚊, 蜂, ハチ, 벌이, 윙윙
snake: schlange*, !zisch*, serpent*, siffle le serpent, serpiente*, !sisea*, serpente*, !sibila*, cobra*, зме*, шипит, 蛇, ヘビ, 뱀
mouse: maus, mäuse, !piep*, souris, ratón*, topo*, rato*, мыш*, крыс*, пищит, 老鼠, ネズミ, 쥐
crowd: menge*, stimmen*, gemurmel, foule*, brouhaha, multitud, gentío, murmullo, folla, brusio, voci, multidão, murmúrio, vozes, толп*, гул голосов, голоса, 人群, 嘈杂, 人声, 群衆, ざわめき, 人混み, 군중, 사람들, 웅성
applause: applaus*, beifall*, !klatsch*, applaudi*, aplaus*, aplaud*, applauso, applausi, palmas, аплодис*, овация, 掌声, 鼓掌, 拍手, 박수, تصفيق, alkış*, tepuk tangan
cheer: jubel*, acclam*, vítores, ovación, esulta*, tifo, torcida, ликов*, ура, 欢呼, 喝彩, 歓声, 환호
laughter: !lach*, gelächter, !rire*, !rit, rient, !risa*, !ríe*, carcajada*, !risat*, !ride, ridono, riso, risos, risada*, !смех*, !смеё*, 笑, 웃음, ضحك, gülme, kahkaha, tawa
scream: !schrei*, kreisch*, cri, crie, hurlement*, hurle, grito*, chill*, !url*, grida, gritos, крик*, крич*, вопль, 尖叫, 叫声, 悲鳴, 叫び, 비명, صراخ, çığlık
baby: baby*, säugling, bébé*, bebé*, neonato, bambino piange, bebê*, младен*, ребёнок плачет, 婴儿, 赤ん坊, 赤ちゃん, 아기, طفل يبكي
sob: !wein*, schluchz*, pleur*, sanglot*, llor*, solloz*, !piang*, singhiozz*, chor*, soluç*, плач*, рыда*, 哭, 泣, 울음, 흐느
breath: !atm*, !atem*, seufz*, respir*, souffle, soupir*, suspir*, sospir*, дыха*, дышит, вздох*, вздыха*, 呼吸, 喘, 叹, 息, 숨소리, 한숨
cough: !hust*, !touss*, !tos, !tose, tosse, тосси*, кашл*, 咳, 기침
sneeze: !nies*, éternu*, estornud*, starnut*, espirr*, чиха*, 喷嚏, くしゃみ, 재채기
snore: !schnarch*, !ronfl*, !ronca*, ronquid*, !russa*, храп*, 鼾, いびき, 코골이
whistle: !pfeif*, pfiff*, siffle*, sifflet*, silbid*, silbato, silba*, fischi*, apito*, assobi*, свист*, 口哨, 哨, 口笛, 笛, 휘파람, 호루라기
singing: !sing*, gesang*, chor, chant*, choeur, cant*, coro, canto*, пение, поёт, поют, хор, 歌, 合唱, 歌声, 노래, 합창, غناء
steps: schritt*, bruits de pas, pasos, passi, passos, шаг*, поступь, 脚步, 足音, 발소리, 발자국, خطوات, ayak ses*, langkah
heartbeat: herz*, herzschlag*, battement*, coeur, cœur, latidos del corazón, corazón, cuore, battito, coração, batimento*, сердц*, сердцебиен*, 心跳, 鼓動, 心臓, 심장
knock: !klopf*, ?frapp*, toc toc, golpe* en la puerta, golpe*, llaman a la puerta, !buss*, bussano, batida*, batem à porta, стук*, стуч*, 敲门, 敲, ノック, 노크, طرق, kapı çal*
door: tür*, tor, porte*, claque*, puerta*, portazo, porta, portone, двер*, хлоп*, 门, 門, ドア, 扉, 문이, باب, kapı, pintu, drzwi
creak: !knarr*, quietsch*, dielen, grinc*, chirri*, cruj*, !scricchiol*, cigol*, rang*, скрип*, 嘎吱, 吱呀, きしむ, きしみ, ギシギシ, 삐걱
keys: schlüssel*, clés, clefs, cliquet*, llaves, tintine*, chiavi, chaves, ключ*, звяка*, 钥匙, 鍵, 열쇠
coin: münze*, pièce de monnaie, moneda*, monet*, moeda*, монет*, 硬币, コイン, 小銭, 동전
glass: glas zer*, !zersplitter*, glas*, scheibe*, scherben, verre*, vitre*, bris de verre, vidrio*, cristal*, vetro, vetri, vidro*, стекл*, разби*, 玻璃, 破碎, ガラス, 割れ, 유리, 깨지, زجاج
clink: gläser, anstoßen, trinquer, tintement, copas, brindis, brindisi, calici, taça*, copo*, бокал*, чокаются, 碰杯, 乾杯, グラス, 건배
dishes: geschirr*, teller, besteck, vaisselle, assiette*, platos, cubiertos, piatti, stoviglie, pratos, louça, посуд*, тарелк*, 餐具, 碗, 盘子, 食器, 皿, 접시, 그릇
clock: uhr*, !tick*, horloge*, !tic-tac, tic tac, tictac, reloj*, orologi*, ticchett*, relógio*, часы, !тика*, 钟表, 时钟, 滴答, 時計, チクタク, 시계, 똑딱, ساعة
bell: glocke*, !läut*, kirchenglocke*, cloche*, carillon, campana*, campane, campanas, sino*, колокол*, 钟声, 钟, 鐘, 鈴, 종소리, 종이, جرس, çan, lonceng, dzwon*
small_bell: glöckchen, clochette*, campanilla*, cascabel*, campanell*, sininho, колокольч*, бубенц*, 铃, 鈴の音, ベル, 방울
doorbell: türklingel, klingel*, sonnette*, timbre, campanello, campainha, дверной звонок, звонок в дверь, 门铃, チャイム, インターホン, 呼び鈴, 초인종
crash: krach*, scheppert, unfall, fracas, accident, estrépito, choque, estruendo, schianto, fracasso, batida de carro, colisão, грохот*, авари*, 撞, 碰撞, 衝突, 激突, 충돌, 쾅
thud: plumps*, dumpf*, aufprall, bruit sourd, golpe sordo, caída, tonfo, cade, baque, queda, глухой удар, пада*, 砰, 倒地, 落ち, ドスン, 쿵, 떨어
snap: knack*, zweig*, craque*, ramo se spezza, chasquido, rama, graveto, хруст*, ветк*, 咔嚓, 折断, 枝が, ポキ, 나뭇가지, 뚝
pop: knall*, plopp*, ballon éclate, globo, palloncino, estour*, лопа*, 气球, 風船, 풍선
cork: korken*, bouchon, champagne, corcho, tappo, rolha, пробк*, шампанск*, 瓶塞, 香槟, コルク, 栓, 코르크
paper: papier*, seite*, page*, papel*, página*, carta, pagin*, foglio, бумаг*, страниц*, лист бумаги, 纸, 紙, ページ, 종이, 책장, ورق
rustle: !raschel*, blätter, laub, bruiss*, feuill*, froiss*, hojas, susurro de hojas, fruscio, foglie, folhas, farfalh*, шорох*, шелест*, шурш*, листв*, 沙沙, 树叶, 葉, カサカサ, 바스락, 나뭇잎
zipper: reißverschluss*, fermeture éclair, cremallera, cerniera, zíper, молни* куртки, застёжк*, 拉链, ファスナー, チャック, 지퍼
writing: schreib*, bleistift, feder, kreide, écri*, crayon*, craie, plume, escrib*, lápiz, tiza, scriv*, matita, gesso, escrev*, giz, пишет, карандаш*, мел, 写字, 粉笔, 書く, 鉛筆, チョーク, 연필, 글씨
typing: tastatur*, !tippt, !tippen, clavier*, teclado*, teclea*, tastiera, digita*, клавиатур*, печатает, 键盘, 打字, キーボード, タイピング, 타자, 키보드
camera: kamera*, auslöser*, appareil photo, déclencheur, cámara*, fotograf*, otturatore, obturador, câmera, фотоаппарат*, камер*, затвор*, 相机, 快门, カメラ, シャッター, 카메라, 셔터
switch: schalter*, !klick*, interrupteur, clic, interruptor, interruttore, clique, выключател*, щелч*, щёлк*, 开关, 咔哒, スイッチ, カチッ, 스위치, 딸깍
hammer: hammer*, hämmer*, amboss, marteau*, martel*, martillo*, martell*, martelo*, молот*, 锤, ハンマー, 金槌, 망치
saw: !säg*, !scie*, sierra, serra*, sega, serrote, пил*, 锯, のこぎり, ノコギリ, 톱
gunshot: schuss*, schüsse, gewehr, pistole, coup de feu, coups de feu, disparo*, tiro*, sparo, spari, colpo di pistola, выстрел*, стрел*, 枪声, 枪, 銃声, 銃, 총소리, 총성, طلق, silah ses*
explosion: !explo*, bombe*, detonation*, bomba*, esplo*, взрыв*, бомб*, 爆炸, 爆発, 爆弾, 폭발, انفجار, patlama, ledakan
fireworks: feuerwerk*, feux d'artifice, fuegos artificiales, fuochi d'artificio, fogos de artifício, фейерверк*, салют*, 烟花, 鞭炮, 花火, 불꽃놀이
sword: schwert*, klinge, klingen, épée*, espada*, spada, spade, меч*, 剑, 刀, 剣, 칼
whoosh: !zisch* vorbei, sausen, rauscht vorbei, souffle d'air, zumbido rápido, sibilo, zunido, свист стрелы, 嗖, 呼啸, ヒュー, 휙
magic: zauber*, funkeln, magi*, étincel*, hechizo, brillo mágico, incantesimo, волшеб*, 魔法, キラキラ, 마법
engine: motor*, auto, wagen, moteur*, voiture*, coche*, carro*, automóvil, motore, macchina, двигател*, мотор*, машин*, автомобил*, 引擎, 汽车, 发动机, エンジン, 車, 엔진, 자동차, محرك, سيارة, araba, mobil
motorcycle: motorrad*, moto, motos, motocicleta*, мотоцикл*, 摩托, バイク, 오토바이
truck: lastwagen*, lkw, traktor*, camion*, camión*, caminhão, trattore, грузовик*, трактор*, 卡车, トラック, 트럭
traffic: verkehr*, straßenlärm, circulation, trafic, tráfico, traffico, trânsito, tráfego, движени* машин, уличный шум, 车流, 交通, 車の音, 차 소리, 교통
horn: hup*, klaxon*, bocina*, claxon*, clacson, buzina*, гудок, сигналит, гудит машина, 喇叭, 鸣笛, クラクション, 경적
ship_horn: schiffshorn, nebelhorn, corne de brume, sirena de barco, sirena della nave, buzina do navio, гудок парохода, 汽笛, 霧笛, 뱃고동
train: zug, züge, eisenbahn*, train*, tren*, treno, treni, trem, trens, comboio, поезд*, электричк*, 火车, 列车, 地铁, 電車, 列車, 기차, 지하철, قطار
siren: sirene*, martinshorn, sirène*, sirena*, sirenas, sirenes, ambulância, ambulancia, сирен*, скорая помощь, 警笛, 警报器, 救护车, 警车, サイレン, パトカー, 救急車, 사이렌, 구급차, صفارة
helicopter: hubschrauber*, hélicoptère*, helicóptero*, elicotter*, вертол*, 直升机, ヘリ, 헬리콥터
plane: flugzeug*, avion*, avión*, aereo, aerei, avião, aviões, самол*, 飞机, 飛行機, 비행기, طائرة
rocket: rakete*, fusée*, cohete*, razzo, foguete*, ракет*, 火箭, ロケット, 로켓
screech: reifen*, quietschende reifen, crissement*, frenazo, chirrido de*, stridio, gomme, freada, pneus, визг*, тормоз*, 刹车, 急ブレーキ, 브레이크
phone: telefon*, téléphone*, teléfono*, telefone*, телефон*, звонок, 电话, 電話, 전화, هاتف
ringtone: handy*, portable sonne, móvil*, celular*, cellulare*, смартфон*, мобильн*, 手机, 携帯, スマホ, 휴대폰, 벨소리
vibration: vibr*, вибр*, 震动, 振動, バイブ, 진동
alarm: alarm*, alarme*, alarma*, allarm*, тревог*, сигнализац*, 警报, 警報, 경보, 알람, إنذار
alarm_clock: wecker*, réveil*, despertador*, sveglia, будильник*, 闹钟, 目覚まし, 자명종
beep: !piepst, piepton*, bip*, pitid*, bipe*, писк прибора, 哔, 滴滴, ピピ, ビープ, 삐
static: rauschen, grésillement, estática, interferenz*, interferência, помех*, 杂音, 雑音, ノイズ, 잡음
hum: brumm*, surr*, vrombi*, zumbido*, ronzio, zumbido, гудение, гул, 嗡嗡, うなり, 웅웅
machine: maschine*, fabrik*, machine*, usine*, máquina*, fábrica*, macchinari*, fabbrica, станок, станки, завод*, 机器, 工厂, 機械, 工場, 기계, 공장
vacuum: staubsauger*, aspirateur*, aspirador*, aspirapolvere, пылесос*, 吸尘器, 掃除機, 청소기
drill: bohr*, perceuse*, marteau-piqueur, taladro*, trapano, furadeira, дрель, сверл*, перфоратор, 电钻, ドリル, 드릴
kettle: wasserkessel, kessel pfeift, bouilloire*, hervidor, tetera, bollitore, chaleira, чайник*, 水壶, やかん, 주전자
elevator: aufzug*, fahrstuhl*, ascenseur*, ascensor*, ascensore, elevador*, лифт*, 电梯, エレベーター, 엘리베이터
piano: klavier*, piano*, pianoforte, пианино, роял*, 钢琴, ピアノ, 피아노, بيانو
guitar: gitarre*, guitare*, guitarra*, chitarr*, violão, гитар*, 吉他, ギター, 기타 연주, 기타를
violin: geige*, violine*, violon*, violín*, violin*, violino, скрипк*, 小提琴, バイオリン, ヴァイオリン, 바이올린
flute: flöte*, flûte*, flauta*, flauto, флейт*, 长笛, フルート, 플루트, 피리
trumpet: trompete*, trompette*, trompeta*, tromba, trombe, trompete*, труб*, 小号, トランペット, 나팔
saxophone: saxophon*, saxofón, sassofono, саксофон*, 萨克斯, サックス, 색소폰
organ: orgel*, orgue*, órgano*, organo, órgão, орган*, 管风琴, オルガン, 오르간
accordion: akkordeon*, accordéon*, acordeón*, fisarmonica, acordeão, аккордеон*, баян*, 手风琴, アコーディオン, 아코디언
drum: trommel*, tambour*, tambor*, tambur*, barabán, барабан*, 鼓, 太鼓, ドラム, 북소리, 드럼, طبل
orchestra: orchester*, orchestre*, orquesta*, orquestra*, оркестр*, 乐团, 交响, オーケストラ, 오케스트라
radio_song: musik*, lied, melodie*, musique*, chanson*, música*, canción*, musica, canzone, melodia, melodía, canção, музык*, песн*, мелоди*, 音乐, 乐曲, 音楽, 曲, メロディ, 음악, 멜로디, موسيقى, müzik
pouring: gießt, einschenk*, eingieß*, vers*, verse*, vierte, versa, derrama*, налива*, 倒水, 倒酒, 注ぐ, 붓는, 따르는
boiling: koch*, brodel*, blubber*, bouill*, hierv*, boll*, ferv*, кип*, бульк*, 沸腾, 咕嘟, 沸騰, グツグツ, 끓
applause_: klatschen
fight: schlägerei, faust*, coup de poing, puñetazo*, pugno, pugni, soco*, удар*, драк*, 拳, 打斗, 殴る, パンチ, 주먹
kiss: kuss*, küss*, bais*, beso*, bacio, baci, beijo*, поцел*, 吻, キス, 키스, 입맞춤
gulp: schluck*, trinkt, boit, gorgée, bebe, trago, beve, sorso, gole, глот*, пьёт, 喝水, 吞, 飲む, ごくり, 꿀꺽
chewing: kau*, beiß*, mâch*, croque*, mastica*, muerde, morde*, жуёт, кусает, 咀嚼, 嚼, 噛む, 씹
bounce: ball, aufprallt, ballon rebond*, rebond*, pelota, balón, rebot*, palla, rimbalz*, bola quica, мяч*, 弹跳, 皮球, ボール, 弾む, 공이, 튀
snow: schnee*, neige*, nieve, neve, снег*, 雪, 눈을 밟
murmur: flüster*, chuchot*, murmur*, susurr*, sussurr*, шёпот*, шепот*, шепч*, 低语, 耳语, ささやき, 속삭
""".replace("applause_: klatschen\n", ""))  # fmt: skip
"""Words of German, French, Spanish, Italian, Portuguese, Russian, Chinese, Japanese, Korean, and some of more languages."""

PICTURED: dict[str, str] = {
    code: kind
    for kind, codes in {
        "dog": "1F415 1F436 1F429 1F9AE", "cat": "1F408 1F431", "wolf": "1F43A", "lion": "1F981 1F405 1F406 1F42F 1F43B",
        "horse": "1F40E 1F434 1FACF", "cow": "1F404 1F42E 1F402", "sheep": "1F411 1F410", "pig": "1F416 1F437 1F417",
        "elephant": "1F418", "monkey": "1F412 1F435 1F98D", "birds": "1F426 1F99C", "crow": "1F426-200D-2B1B",
        "gull": "1F985", "rooster": "1F413", "hen": "1F414 1F423 1F983", "duck": "1F986 1FABF 1F9A2", "owl": "1F989 1F54A",
        "frog": "1F438", "crickets": "1F997", "bee": "1F41D", "snake": "1F40D", "mouse": "1F401 1F400 1F439 1F987",
        "whale": "1F433 1F40B 1F42C", "rain": "1F327 26C8", "thunder": "26A1 1F329", "wind": "1F32C 1F32A", "sea": "1F30A",
        "fire": "1F525", "drip": "1F4A7", "bell": "1F514", "small_bell": "1F6CE", "clock": "1F570 231A 23F1", "alarm_clock": "23F0",
        "phone": "260E 1F4DE", "ringtone": "1F4F1", "camera": "1F4F7 1F4F8", "typing": "2328 1F4BB", "hammer": "1F528 2692",
        "saw": "1FA9A", "engine": "1F697 1F695 1F699", "truck": "1F69A 1F68C 1F69C 1F69B", "motorcycle": "1F3CD 1F6F5",
        "train": "1F682 1F684 1F68B 1F686", "siren": "1F691 1F692 1F693 1F6A8", "helicopter": "1F681", "plane": "2708 1F6E9",
        "rocket": "1F680", "ship_horn": "1F6A2 26F4", "boat": "1F6A4", "bicycle": "1F6B2", "door": "1F6AA", "keys": "1F511 1F5DD",
        "coin": "1FA99", "gunshot": "1F52B", "explosion": "1F4A3 1F4A5 1F30B", "fireworks": "1F386 1F9E8", "sword": "2694 1F5E1",
        "piano": "1F3B9", "guitar": "1F3B8 1FA95", "violin": "1F3BB", "trumpet": "1F3BA", "saxophone": "1F3B7", "drum": "1F941",
        "accordion": "1FA97", "flute": "1FA88", "radio_song": "1F3B5 1F3B6", "tuning": "1F4FB 1F4FA", "applause": "1F44F",
        "baby": "1F476", "glass": "1FA9F", "clink": "1F942 1F377 1F37B", "pop": "1F388", "cork": "1F37E", "sizzle": "1F373",
        "computer": "1F5A5", "robot": "1F916", "scissors": "2702", "paper": "1F4C4 1F4F0", "horn": "1F4EF", "elevator": "1F6D7",
        "snow": "2744", "wings": "1FABD", "heartbeat": "1FAC0 2764", "magic": "1FA84 2728", "ball": "",
    }.items()
    for code in codes.split()
}  # fmt: skip
"""Pictures whose things have a sound: their names in yet more languages call for it."""

PLACES = _entries("""
traffic: city, street, road, urban, town, highway, downtown, crossing, alley, avenue, bridge, parking lot, bus stop, car, sidewalk, intersection, stadt*, straße*, rue, ville, calle, ciudad, via, città, strada, rua, cidade, улиц*, город*, 街, 城市, 道路, 通り, 거리, 도시
crowd: café, cafe, cafeteria, restaurant, bar, pub, diner, marketplace, market, bazaar, fair, festival, ballroom, lobby, airport, station, mall, school, classroom, theatre, theater, arena, stadium, hall, canteen, plaza, square, markt, marché, mercado, mercato, bahnhof, gare, estación, stazione, estação, рын*, вокзал*, кафе, ресторан*, 市场, 餐厅, 车站, 市場, 駅, カフェ, 식당, 시장, 역
birds: forest, garden, park, meadow, field, farm, countryside, orchard, backyard, jungle, wood, woods, woodland, grove, clearing, wald*, garten*, forêt, jardin, bosque, jardín, foresta, bosco, giardino, floresta, jardim, лес*, сад, парк*, 森林, 花园, 公园, 森, 庭, 公園, 숲, 공원, 정원
crickets: night, midnight, summer night, campsite, swamp, marsh, porch, nacht, nuit, noche, notte, noite, ноч*, 夜, 밤
wind: desert, mountain, cliff, rooftop, roof, hill, peak, plain, prairie, tundra, glacier, snowy, tower, balcony, valley, canyon, wüste*, gebirge, berg*, désert, montagne*, desierto, montaña*, montagna, deserto, montanha, пустын*, гор*, 沙漠, 山, 砂漠, 屋上, 산, 사막
sea: beach, coast, harbour, harbor, pier, dock, lighthouse, island, ship deck, bay, strand, hafen, leuchtturm, plage, phare, playa, faro, puerto, spiaggia, porto, praia, пляж, маяк, берег, 海滩, 灯塔, 码头, 浜, 灯台, 港, 해변, 등대
stream: riverbank, lakeside, lake, pond, riverside, fluss*, ufer, rive, orilla, riva, margem, берег реки, 河边, 湖, 岸, 호수
fire: hearth, fireside, kamin, cheminée, chimenea, camino, lareira, камин*, 壁炉, 暖炉, 벽난로
hum: spaceship, spacecraft, starship, cockpit, laboratory, lab, control room, server room, office, basement, hospital, corridor, submarine, space station, cabin, bunker, elevator, warehouse, garage, supermarket, raumschiff*, labor, büro, laboratoire, bureau, laboratorio, oficina, ufficio, escritório, лаборатор*, офис*, 飞船, 办公室, 实验室, 宇宙船, 研究室, 사무실, 우주선
machine: factory, workshop, engine room, mill, fabrik*, werkstatt, usine, atelier, fábrica, taller, fabbrica, officina, завод*, мастерск*, 工厂, 工場, 공장
train: train, railway carriage, train compartment, subway car, zug, train de, tren, treno, trem, поезд*, 车厢, 列車, 電車, 기차
plane: airplane cabin, plane, jet, aircraft cabin, flugzeug*, avion, avión, aereo, avião, самолёт*, 飞机, 飛行機, 비행기
clock: study, library, living room, bibliothek, bibliothèque, biblioteca, библиотек*, 图书馆, 図書館, 도서관
sizzle: kitchen of a restaurant, street-food stall, food stall
""")  # fmt: skip
"""Settings and what is heard in them."""

QUIET = frozenset(
    "quiet calm still hushed peaceful leise ruhig still calme tranquilo tranquila quieto silenzioso quieta тихо тишина 安静 静か 조용".split()
)
"""Words of an ambience that turn its bed down."""

SILENT = frozenset(
    "silence silent soundless mute noiseless stille silencio silêncio silenzio безмолвие 寂静 无声 無音 沈黙 침묵 정적".split()
)
"""Words of an ambience that leave nothing but the events and voices."""
