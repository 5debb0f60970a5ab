# ruff: noqa: E501  (tables read better unwrapped)
"""Words that the emoji names lack or mean otherwise, and the sizes of things (a person is 60 units tall)."""

from __future__ import annotations

from generator.stage.words import word_set

__all__ = [
    "ANIMALS",
    "BODY_PARTS",
    "COUNTED_AS_VERBS",
    "FACES",
    "FACING_RIGHT",
    "HEIGHTS",
    "LEGLESS",
    "MOUTHS",
    "NEVER",
    "SKY",
    "SYNONYMS",
    "TAKES_MODIFIER",
    "WALL",
]


def _table(text: str) -> dict[str, str]:
    # "CODE word, two words; CODE …"
    table: dict[str, str] = {}
    for entry in text.split(";"):
        code, _, words = entry.strip().partition(" ")
        for word in words.split(","):
            if word.strip():
                table[" ".join(word.split())] = code
    return table


SYNONYMS = _table("""
1F3FA vase, urn, amphora; 1F426 bird, sparrow, robin, finch, songbird; 1F54A dove, pigeon; 1F426-200D-2B1B crow, raven, blackbird; 1F985 eagle, hawk, falcon, vulture;
1F986 duck, duckling, mallard; 1FABF goose; 1F414 hen; 1F413 chicken, rooster, cock; 1F423 chick; 1F989 owl; 1F99C parrot, macaw; 1F427 penguin;
1F9A2 swan; 1F9A9 flamingo; 1F99A peacock; 1F983 turkey; 1F415 dog, hound, puppy, labrador, terrier, retriever, wolfhound; 1F429 poodle; 1F408 cat, kitten, tomcat;
1F40E horse, stallion, mare, pony, foal; 1FACF donkey, mule; 1F404 cow, calf, cattle; 1F402 bull, ox, buffalo; 1F416 pig, piglet, hog; 1F411 sheep, lamb, ewe; 1F410 goat;
1F407 rabbit, bunny, hare; 1F401 mouse, rat; 1F43F squirrel, chipmunk; 1F994 hedgehog, porcupine; 1F98C deer, stag, doe, reindeer, elk, antelope, gazelle, fawn;
1F43A wolf, coyote; 1F98A fox, vixen; 1F43B bear, grizzly, cub; 1F43C panda; 1F428 koala; 1F981 lion, lioness; 1F405 tiger; 1F406 leopard, cheetah, jaguar, panther, puma;
1F418 elephant; 1F98F rhino, rhinoceros; 1F99B hippo, hippopotamus; 1F992 giraffe; 1F993 zebra; 1F42A camel; 1F998 kangaroo, wallaby; 1F412 monkey, chimp, chimpanzee, ape; 1F98D gorilla;
1F40A crocodile, alligator; 1F422 turtle, tortoise; 1F40D snake, serpent, cobra; 1F98E lizard, gecko, chameleon, salamander; 1F438 frog, toad; 1F409 dragon; 1F996 dinosaur, t-rex; 1F995 brontosaurus;
1F433 whale; 1F42C dolphin, porpoise; 1F9AD seal, walrus, sea lion; 1F41F fish, salmon, trout, carp, goldfish; 1F988 shark; 1F419 octopus; 1F991 squid; 1F980 crab; 1F99E lobster; 1F40C snail, slug; 1F98B butterfly, moth;
1F41B caterpillar, worm; 1F41C ant; 1F41D bee, honeybee, wasp; 1F41E ladybug, ladybird; 1FAB2 beetle; 1F997 cricket, grasshopper; 1F577 spider; 1F987 bat; 1F9A6 otter; 1F9AB beaver; 1F99D raccoon; 1F9A5 sloth; 1F9A8 skunk; 1F9A1 badger; 1F439 hamster, gerbil;
1F984 unicorn; 1F916 robot, android, droid; 1F47B ghost, spirit, phantom; 1F986 rubber duck, rubber duckie; 1F3B2 board game; 1F47D alien, extraterrestrial; 26C4 snowman; 1F480 skeleton, skull; 1F383 pumpkin;
1F697 car, automobile, sedan; 1F695 taxi, cab; 1F699 suv, jeep; 1F6FB pickup, pickup truck; 1F69A truck, van, lorry; 1F68C bus; 1F682 train, locomotive, steam train; 1F684 bullet train; 1F68B tram, streetcar; 1F6B2 bicycle, bike; 1F3CD motorcycle, motorbike; 1F6F5 scooter, moped; 1F6F4 kick scooter; 1F69C tractor; 1F691 ambulance; 1F692 fire truck, fire engine; 1F693 police car; 1F3CE race car, racecar, racing car;
26F5 sailboat, boat, yacht; 1F6A2 ship, vessel, freighter; 1F6F6 canoe, kayak, rowing boat, rowboat; 1F6A4 speedboat, motorboat; 26F4 ferry; 2708 airplane, plane, aircraft, jet; 1F6E9 small plane; 1F681 helicopter, chopper; 1F680 rocket, spaceship, spacecraft, shuttle; 1F6F8 ufo, flying saucer; 1F6F0 satellite; 1F9D1 pedestrian, passerby;
1F3E0 house, home, cottage, cabin; 1F3E2 office building, skyscraper, building; 1F3F0 castle, palace, fortress; 26EA church, chapel; 1F3EB school; 1F3E5 hospital; 1F3ED factory, mill; 26FA tent; 1F6D6 hut, shack, shed; 1F309 bridge; 26F2 fountain; 1F3A1 ferris wheel; 1F3A0 carousel, merry-go-round; 1F3A2 roller coaster;
1F333 tree, oak, elm, maple; 1F332 pine, fir, spruce, evergreen; 1F334 palm, palm tree; 1F335 cactus; 1F33F herb, bush, plant, fern, shrub; 1FAB4 potted plant, houseplant; 1F331 sprout, seedling, sapling, seed; 1F338 blossom, cherry blossom; 1F339 rose; 1F33B sunflower; 1F337 tulip; 1F33C flower, daisy; 1F490 bouquet, flowers; 1F342 leaf, fallen leaf; 1F341 maple leaf; 1F344 mushroom; 1F33E wheat, grain, crop, hay; 1FAB5 log, wood, stump, tree stump, firewood, plank, stick, twig; 1FAA8 rock, stone, boulder, pebble; 1FAB9 nest; 1FABA bird's nest;
1F3D4 mountain peak; 26F0 mountain; 1F30B volcano; 1F30A wave; 1F525 fire, flame, bonfire, campfire, blaze; 1F4A7 droplet, drop, water drop; 2744 snowflake; 26A1 lightning, bolt; 1F32A tornado; 1F308 rainbow; 2601 cloud; 1F31E sun; 1F315 moon, full moon; 2B50 star; 2604 comet; 1F320 shooting star, meteor; 1F30D earth, globe, planet; 1FA90 saturn;
1F56F candle; 1F3EE lantern; 1F4A1 light bulb, lightbulb, bulb, lamp; 1F526 flashlight, torch; 1F5DD old key; 1F511 key, keys; 1F512 lock, padlock; 1F6AA door, doorway, gate; 1FA9F window; 1FA91 chair, stool, rocking chair; 1F6CB couch, sofa, armchair; 1F6CF bed; 1FA9E mirror; 1F6C1 bathtub, bath, tub; 1F6BF shower; 1F6BD toilet; 1F570 clock, mantelpiece clock; 23F0 alarm, alarm clock; 231A wristwatch, watch; 23F3 hourglass; 1F5BC painting, picture, portrait, frame; 1F4FA television, tv; 1F4FB radio, cd player, record player, music player, player; 1F4BB laptop, computer, notebook computer; 1F5A5 monitor, desktop computer; 2328 keyboard; 1F5A8 printer; 1F4F1 phone, smartphone, cellphone, mobile; 260E telephone, landline; 1F4F7 camera; 1F3A5 film camera; 1F4FD projector; 1F399 microphone; 1F3A4 mic; 1F3A7 headphones, headphone; 1F50A loudspeaker, speaker;
2709 letter, envelope, mail; 1F4E6 box, package, parcel, crate, carton; 1F381 gift, present; 1F9FA basket, picnic basket, hamper; 1F45C handbag, purse, bag; 1F392 backpack, rucksack, satchel; 1F9F3 suitcase, luggage, trunk; 1F4BC briefcase; 1F6D2 shopping cart, cart, trolley; 1FAA3 bucket, pail; 1F9F9 broom; 1F9FD sponge; 1F9FC soap; 1F9FB toilet paper, tissue; 1F6E2 barrel, oil drum; 1FA9C ladder, stepladder; 1FA93 axe, hatchet; 1F528 hammer; 1FA9A saw; 1F527 wrench, spanner; 1FA9B screwdriver; 1F529 nut, screw; 2699 gear, machine, cog; 26CF pickaxe, pick; 1F9F0 toolbox; 1FA9D hook; 1F517 chain; 1FAA2 rope, knot; 1F9F2 magnet; 1F50D magnifying glass; 1F52D telescope; 1F52C microscope; 1F9EA test tube, vial, potion; 1F489 syringe; 1F48A pill; 1FA79 bandage; 1F9EF fire extinguisher;
1F5E1 dagger, sword, blade; 1F52A knife; 1F3F9 bow; 1F6E1 shield; 1F451 crown; 1F48D ring; 1F4B0 money bag, treasure; 1FA99 coin; 1F4B5 money, dollar, cash, banknote; 1F4B3 credit card; 1F48E gem, diamond, jewel; 1F3C6 trophy, cup trophy; 1F3C5 medal; 1F3AB ticket; 1F5FA map; 1F9ED compass; 1F4D6 book, open book; 1F4DA books; 1F4D3 notebook, diary, journal; 1F4DC scroll, manuscript; 1F4F0 newspaper; 1F4C4 paper; 1F4C4 document, page, sheet; 270F pencil; 1F58A pen; 1F58C paintbrush, brush; 1F3A8 palette, paint; 2702 scissors; 1F4CE paperclip; 1F4CF ruler; 1F4C5 calendar; 1F4CB clipboard; 1F5D1 wastebasket, trash, bin, trash can; 1F6A9 flag, banner; 1F388 balloon; 1FA81 kite; 1F386 firework, fireworks; 1F9E8 firecracker; 1F9F8 teddy, teddy bear; 1FA86 doll; 1F9E9 puzzle, jigsaw; 1F3B2 die, dice; 265F chess, pawn, chess piece; 1F0CF card, playing card; 1F3AE video game, gamepad, controller; 1FA80 yo-yo; 1F4BF cd, disc, disk, optical disk; 1F4FC cassette, videotape; 1F9F6 yarn; 1F9F5 thread; 1FAA1 needle; 1F456 jeans, trousers, pants; 1F455 shirt, t-shirt; 1F457 dress; 1F9E5 coat, jacket; 1F45F shoe, sneaker; 1F462 boot; 1F97E hiking boot; 1F9E6 sock; 1F9E4 glove; 1F9E3 scarf, shawl; 1F3A9 hat, top hat; 1F9E2 cap; 1F452 straw hat; 1F453 glasses; 1F576 sunglasses; 2602 umbrella; 1FAAD fan; 1F3B8 guitar; 1F3BB violin, fiddle; 1F3B9 piano; 1F941 drum, drums; 1F3BA trumpet; 1F3B7 saxophone; 1FA88 flute; 1FA95 banjo; 1FA97 accordion; 1F514 bell; 1F3B5 music, song, tune;
1F34E apple; 1F34A orange, tangerine; 1F34B lemon; 1F34C banana; 1F347 grape; 1F353 strawberry; 1F352 cherry; 1F349 watermelon; 1F34D pineapple; 1F951 avocado; 1F955 carrot; 1F33D corn; 1F954 potato; 1F345 tomato; 1F9C5 onion; 1F35E bread, loaf, toast; 1F956 baguette; 1F9C0 cheese; 1F95A egg; 1F373 frying pan, pan, skillet; 1F372 pot, stew, cauldron; 1F35C noodle, noodles, ramen; 1F35D spaghetti, pasta; 1F35A rice; 1F355 pizza; 1F354 burger, hamburger; 1F32D hot dog; 1F35F fries; 1F96A sandwich; 1F957 salad; 1F963 bowl, soup; 1F37D plate, dish, meal, dinner, food; 1F370 cake slice; 1F382 cake, birthday cake; 1F9C1 cupcake, muffin; 1F36A cookie, biscuit; 1F36B chocolate; 1F36C candy, sweet; 1F36D lollipop; 1F366 ice cream; 1F36F honey, honey pot; 1F37F popcorn; 1F969 meat, steak; 1F357 drumstick; 1F330 nut, acorn, chestnut; 2615 cocoa, hot chocolate, coffee, tea, mug, cup, espresso; 1FAD6 teapot, kettle; 1F375 teacup; 1F95B milk, glass; 1F37A beer; 1F377 wine; 1F378 cocktail; 1F37E champagne; 1F9F4 bottle, lotion; 1F9C3 juice; 1F9CA ice, ice cube; 1F944 spoon; 1F374 fork; 1F962 chopsticks; 1FAD9 jar; 1F6B0 tap, faucet;
26BD soccer ball, football, ball; 1F3C0 basketball; 26BE baseball; 1F3BE tennis ball; 1F3C8 american football; 1F3D0 volleyball; 1F3B1 billiardiardsiard ball, pool ball, cue; 1F3B3 bowling, bowling ball, bowling pin; 1F3D3 ping pong, table tennis, paddle; 1F3F8 badminton, shuttlecock; 1F94A boxing glove; 1F945 goal, net; 26F3 golf, golf ball; 1F3A3 fishing rod, fishing pole; 1F6F9 skateboard; 1F3BF ski, skis; 26F8 skate, ice skate; 1F6F7 sled, sledge; 1F3C4 surfboard; 1F3C1 finish line, chequered flag; 2693 anchor; 1F9F1 brick; 1F6A6 traffic light; 1F6D1 stop sign; 1F4A3 bomb; 1F4A5 explosion; 1F9FF amulet; 1F52E crystal ball; 1FA84 wand, magic wand; 1F3AD mask; 1F578 web, cobweb; 1F9B4 bone; 1FAB6 feather; 1F43E paw, footprint, track, tracks; 1FAA4 mousetrap, trap; 1FAA6 gravestone, tombstone, grave; 26B0 coffin; 1F5FF statue; 1F6DE tyre, tire, wheel; 26FD gas pump; 1F4EE mailbox, postbox; 1F6E3 highway; 1F6AC cigarette, cigar; 1FAA7 placard, signboard; 1F967 pie; 1F95E pancake, pancakes; 1F9C7 waffle; 1F950 croissant; 1F968 pretzel; 1F96F bagel; 1F363 sushi; 1F32E taco; 1F32F burrito; 1F95F dumpling;
1F477 builder, construction worker; 1F46E policeman, policewoman, police officer, cop, officer; 1F482 guard, soldier, sentry, knight; 1F575 detective, spy, investigator; 1F9D1-200D-1F373 chef, cook, baker; 1F9D1-200D-1F33E farmer, gardener, shepherd; 1F9D1-200D-2695 doctor, nurse, surgeon; 1F9D1-200D-1F692 firefighter, fireman; 1F9D1-200D-2708 pilot, captain; 1F9D1-200D-1F680 astronaut, cosmonaut; 1F9D1-200D-2696 judge; 1F9D1-200D-1F393 student, graduate; 1F9D1-200D-1F3EB teacher, professor; 1F9D1-200D-1F3A4 singer, rockstar; 1F9D1-200D-1F3A8 artist, painter; 1F9D1-200D-1F4BB programmer, hacker; 1F9D1-200D-1F527 mechanic, plumber, repairman; 1F9D1-200D-1F52C scientist, chemist; 1F9D1-200D-1F3ED welder; 1F9D1-200D-1F4BC businessman, lawyer, manager, clerk; 1F934 prince, king; 1F478 princess, queen; 1F9D9 wizard, witch, mage, sorcerer, magician; 1F9DA fairy; 1F9DB vampire, dracula; 1F9DD elf; 1F9DF zombie; 1F385 santa, santa claus; 1F9B8 superhero, hero, heroine; 1F977 ninja; 1F470 bride; 1F935 groom; 1F921 clown; 1F476 baby, infant, toddler; 1F466 boy, son; 1F467 girl, daughter; 1F468 man, guy, father, dad, husband, uncle; 1F469 woman, lady, mother, mom, wife, aunt; 1F474 old man, grandfather, grandpa, elder; 1F475 old woman, grandmother, grandma; 1F9D2 child, kid; 1F9D1 person, barista, mentor, someone, somebody, friend, owner, visitor, villager, teammate, participant, tourist, resident, keeper, sailor, baseball player, basketball player, soccer player, tennis player, football player, swimmer, skateboarder, gymnast, climber, pharmacist, stranger, customer, waiter, waitress, guest, passenger, driver, rider, traveller, traveler, hiker, athlete, runner, dancer, barista, musician, fisherman, neighbour, neighbor
1F377 wineglass; 1FA9F windowsill, pane; 1F38F streamer; 1F3E2 tower, office tower; E1D2 drone, quadcopter; E1CC tablet, ipad, e-reader; E1CF washing machine, washer, dryer, dishwasher; stairs stairs, staircase, stairway, stair, step, steps; E204 elevator, lift; E2D1 windmill, wind turbine, turbine; E2C0 iceberg; E327 wheelchair; E343 lawn mower, lawnmower, mower; E344 wheelbarrow; E345 shovel, spade; E140 first aid kit; E143 lighter; E150 espresso machine, coffee machine, coffee maker; E153 jug, pitcher, milk jug; E156 coffee grinder, grinder; E0C6 coffee bean, bean; E004 orca, killer whale; E006 narwhal; E20D black hole; E094 signpost, sign; E0AB timer, stopwatch; E324 thermometer; E32B scales, scale; E326 crutch, crutches; E328 stretcher; E1CA vr headset; E141 armchair, recliner; E142 photo, photograph, snapshot; E2C1 ice floe, floe;
1F5BC canvas, artwork, mural, poster, sketch, drawing; thermos thermos, flask; 1F9EA beaker, liquid, potion; 2697 alembic, retort; 1FAA8 gravel, cliff; wall wall; 1F9F1 bricks; 1F9E9 puzzle piece, jigsaw piece; 1F4F7 photographer's camera; 1F9C2 salt, seasoning, spice, pepper shaker, salt shaker; 1F9C8 butter; 1F963 cereal, porridge; 1F95E omelette; 1F964 soda, lemonade; 1F375 green tea; 1FAD6 teapot, kettle; 1F9C9 mate; 1FAD7 water pitcher; 1FAD8 kidney bean; 1F95C peanut; 1F96D mango; 1F350 pear; 1F351 peach; 1F348 melon; 1F965 coconut; 1F346 eggplant, aubergine; 1F952 cucumber; 1F966 broccoli; 1F96C lettuce, cabbage; 1FAD1 bell pepper; 1F336 chili, chilli; 1F9C4 garlic; 1FAD2 olive; 1FAD0 blueberry, berry; 1F369 donut, doughnut; 1F9C6 falafel; 1F953 bacon; 1F364 shrimp, prawn; 1F368 sundae; 1F361 dango; 1F371 bento, lunchbox; 1F95F dumpling; 1F960 fortune cookie; 1F942 toast glasses; 1F943 whiskey, whisky; 1F376 sake;
1F9F7 safety pin, pin; 1F9EE abacus; 1FAA0 plunger; 1FAA5 toothbrush; 1F9F4 shampoo; 1F484 lipstick; 1F485 nail polish; 1FAAE comb, hairbrush; 1F488 barber pole; 1F5FF stone head; 1F6CE bellhop bell; 1F570 mantel clock, pendulum; 1F514 bell, doorbell; 1F4EF bugle; 1F4E3 megaphone; 1F4DE receiver, handset; 1F4E0 fax; 1F50B battery; 1F50C plug, cable, cord; 1F4BE floppy disk; 1F39E film, film strip; 1F3AC clapperboard; 1F4F9 camcorder, video camera; 1F4E1 antenna, satellite dish; 1F9EC dna; 1F9EB petri dish; 1FA7A stethoscope; 1FA7B x-ray; 1FA7C crutch; 1F6CF mattress, blanket, pillow, cushion; 1F6CC hammock; 1F9FB tissue; 1FA92 razor; 1F4CC pushpin, thumbtack; 1F587 clip; 1F4D0 set square; 1F58B fountain pen, quill; 1F58D crayon, chalk; 1F4DD memo, note, draft; 1F4D1 bookmark; 1F4C2 folder, file folder; 1F4C1 file folder, dossier; 1F4F0 article; 1F4D8 textbook; 1F4D5 novel; 1F4E8 message; 1F4EC letterbox; 1F9FE receipt; 1F4C8 graph, diagram; 1F5F3 ballot box; 1F6AA exit, hatch, final door; 1F6AA front door;
1FA83 boomerang; 1F52B water gun, pistol, gun, laser gun; 1F3AF target, dartboard, bullseye; 1FA83 boomerang; 1F3C0 hoop; 1F3D1 hockey stick; 1F3D2 puck; 1F94F frisbee, flying disc; 1FA80 yo-yo; 1FA81 kite; 1F93F snorkel, diving mask; 1F9BA life vest, safety vest; 1F6DF lifebuoy, life ring, buoy; 1FA82 parachute; 1F6E5 motor boat; 1F6A1 cable car, gondola; 1F69D monorail; 1F6FC roller skate, rollerskate; 1F6FA rickshaw; 1F69B semi, trailer; 1F3D7 crane, scaffold, scaffolding; 1F6A7 barrier, roadblock, barricade; 1F6A5 signal light, red light; 1F6A6 traffic lights, stoplight; 1F6D1 stop sign; 26F2 well; 26E9 shrine, torii; 1F5FC radio tower, eiffel tower; 1F5FD statue of liberty; 1F54C mosque; 1F54D synagogue; 1F6D5 temple; 1F3DF stadium; 1F3DB museum, courthouse, bank; 1F3EA convenience store, kiosk; 1F3E8 hotel; 1F3DA ruin, abandoned house, haunted house; 1F3D8 neighborhood houses; 1F3DD desert island, island; 26F1 beach umbrella, parasol, sunshade; 1F3E0 farmhouse, hut, chimney, birdhouse, doghouse, kennel; 1F6D6 barn, coop, chicken coop; 1F3DE national park;
1FABA egg nest; 1F33F branch, bough, leafy branch; 1F6DD slide, playground slide; 1F4CF tape measure, yardstick, measuring tape; hole hole, pit, burrow; 1F3BB violin bow; 26FA fort; 1F9F8 toy, plush; 1FA9F blinds, blind; watering-can watering can; parking-meter parking meter; 1F4CE stapler; 1F3BC melody; 1FAB7 lotus, lily, water lily, lily pad; 1FABB hyacinth, lavender; 1F940 wilted flower, wilting flower; 1F33A hibiscus; 1F343 leaves in wind, foliage; 2618 shamrock; 1F340 clover, four-leaf clover; 1FAB4 bonsai, flowerpot; 1F38B bamboo; 1F384 christmas tree; 1FAD8 beans; 1FAB8 coral; 1F41A shell, seashell, conch; 1FABC jellyfish; 1F9AA oyster, pearl; 1F421 blowfish, pufferfish; 1F420 tropical fish, angelfish, fishbowl; 1F9AD sea lion; 1F9A4 dodo; 1FABD wing; 1F99F mosquito; 1FAB0 fly insect, housefly; 1FAB3 cockroach; 1FAB1 earthworm; 1F982 scorpion; 1F997 insect, bug; 1F9A7 orangutan; 1F9AE guide dog; 1F43B-200D-2744 polar bear; 1F415 husky, corgi, beagle, bulldog, sheepdog, puppies; 1F427 puffin; 1F426 toucan, woodpecker, hummingbird, seagull, gull, swallow, kingfisher; 1F9A9 heron, crane bird; 1FAB6 plume, quill feather; 1F40B humpback whale; 1F995 sauropod; 1F402 bison; 1FAC8 bigfoot; 1F9CC troll; 1F9DE genie; 1F9DC mermaid, merman; 1F409 wyvern; 1F432 dragon head; 1F479 ogre; 1F47A goblin; 1F916 cyborg; 1F47E monster;
1F32C breeze; 1F300 whirlpool, vortex, swirl; 1F30C galaxy, milky way, nebula; 1F31F glowing star, glitter; 1F311 eclipse; 1F506 spotlight; 1F4AB orbit star; 1F319 crescent, crescent moon, moonbeam; 1F327 rain cloud, raincloud; 1F4A8 dust cloud, puff, smoke, steam; 1F4A6 splash, sweat drops; 1FA90 planet; 1F9FF marble;
1F45B wallet, coin purse; 1F6CD shopping bag, paper bag, grocery bag, groceries; 1F45D pouch, clutch; 1F454 necktie, tie; 1F97C lab coat; 1F458 kimono; 1F459 bikini; 1FA73 shorts; 1FA72 swimsuit, trunks; 1F461 sandal; 1F460 high heel, heel; 1F97F slipper; 1FA74 flip-flop; 1FA70 ballet shoe; 1F393 graduation cap; 1FA96 helmet; 26D1 hard hat, safety helmet; 1F97D goggles; 1F4FF bead, necklace; 1FAA7 sign board; 1F3EE paper lantern; 1FA94 oil lamp, diya; 1F9EF extinguisher; 1F6D7 elevator; 1F9BD wheelchair; 1F5DC clamp, vise; 2694 crossed swords, swords; 2696 balance; 26B1 funeral urn; 1F3FA pot vase, pottery, clay pot; 1FA98 drumstick drum, bongo; 1FA87 maraca; 1FA89 harp; 1F3BC score, sheet music; 1F941 drum kit; 1F3B7 sax; 1FA95 ukulele;
1F9D1-200D-1F33E rancher; 1F9D1-200D-1F373 baker; 1F9D1-200D-1F527 technician; 1F9D1-200D-1F52C researcher, inventor; 1F9D1-200D-1F3EB instructor, tutor; 1F9D1-200D-1F3A8 artisan, sculptor, illustrator; 1F9D1-200D-1F4BC businesswoman, businessperson, office worker, secretary, accountant, banker; 1F934 emperor; 1F482 royal guard; spinning-top spinning top, top toy; slinky slinky; domino domino; snuffer snuffer, candle snuffer; hedge hedge; vacuum vacuum, vacuum cleaner, robot vacuum, robot vacuum cleaner, hoover; scarecrow scarecrow; grass grass; sandcastle sandcastle, sand castle; swing swing; conveyor conveyor belt, conveyor; podium podium, lectern; hurdle hurdle; button button; bow-tie bow tie; lid lid
; 1F95D fruit, fruits; 1FAE7 bubble, bubbles; 1F5C4 cabinet; 1F45A clothes, blouse; 1F477 worker; 1F3C4 surfer; 1F39A switch; fridge refrigerator, fridge, freezer; oven oven, stove; table table, desk, workbench; bench bench, park bench; lighthouse lighthouse; bookcase bookcase, bookshelf, shelf, bookshelves; waterfall waterfall; fence fence; fireplace fireplace, hearth; counter counter, bar counter; pond pond, puddle; stall stall, booth; column column, pillar; board blackboard, chalkboard, whiteboard
""")
"""Word → code points."""

NEVER = word_set(
    "on end back soon top up new free cool ok id ng sos vs left right down point love hearts face hand hands mouth nose "
    "eye eyes ear tongue foot leg brain anger sweat dizzy collision hole speech thought balloon bubble zzz man woman men "
    "women couple family kiss holding fingers crossed handshake wireless information warning construction "
    "customs restroom prohibited sparkle sparkles splatter plus minus divide multiply infinity label link memo chart "
    "sunrise sunset cityscape fog foggy wind blowing dash cyclone night stars sound volume repeat play pause "
    "stop record eject fast reverse next last shuffle dim bright low high up-button battery signal peace joy sad "
    "cry laugh smile grin wink think sleepy sick cold hot worried angry scream surprised relieved calm thumbs fist "
    "ocean shower clap raised pray writing muscle ear bone leo aries cancer virgo libra pisces gemini taurus turkey chad "
    "jordan georgia om beans fly running walking standing sitting climbing swimming surfing rowing biking juggling "
    "cooking camping skier snowboarder bowling suit hundred party relay post mate custard hut black white red blue green "
    "brown yellow purple medium small large heavy light dark open closed half full new-moon first quarter "
    "style world time day people bust silhouette silhouettes body person water way water-wave train-track "
    "mountain-cableway cream name badge tone control panel gun pistol selfie hot-springs slot machine door-handle "
    "lady room place stop-button atm wc tv-show space invader hash ledger "
    "adult art feet hero-shot flipper balance baby-symbol "
    "ram crush go here it move sa shoe-print fu finger middle-finger slide check cross off away together board horns head cards"
) - word_set("shower balloon foot bone battery")
"""Names of pictures that mislead more often than they help when met as plain words."""

COUNTED_AS_VERBS = word_set(
    "bath foot pick tire notes watch ring drop fish duck bear fly saw hammer train park ship mail book lock bow tie bat cook guard judge box cap "
    "hook pick plant card nut nail file orange seal shower sink stop jet key fan match light rock stone skate ski "
    "sled wave bus bin frame track trunk paint brush picture web mask trap present stuff page pan pot toast drum "
    "screw plate glass flower coin star leaf log cart bolt paper radio milk butter honey phone cup pen tape camera "
    "cock doe hedge mare sock crow hare cue song goal cap page net record tire hatch play sheet crown "
    "flag bell scarf kite fork spoon bowl ball elder hero earth sweet soap step steps sign swing drawing note swallow bug "
    "splash puff clamp clip comb score draft lift plug pin photograph smoke steam sketch poster crane scale shovel spade "
    "vacuum hoover button lid curtain wall hedge bank signal target eclipse novel blanket cushion bean buoy "
    "dart tune die stick slide hole toy balance blind lead arch "
    "lighter watering unlock question fire "
    "tap dropper partner shell chain string bead hook brush grass memo comb razor pearl tower crutch saddle gull"
) - word_set("flower coin glass radio milk butter honey phone camera bell flag hero spoon bowl ball sock soap")
"""Nouns that are also verbs or more: taken as pictures only after an article or such."""

BODY_PARTS = word_set(
    "wing tail trunk blade petal string claw paw beak horn feather fin shell mane tooth tusk bone web nest-egg coat fur palm wall"
)
"""Parts that a creature or thing has: "its wings", "both palms", "its wall" are no things of their own."""

TAKES_MODIFIER = word_set("owner lover player maker seller costume suit skin handle rim season shot")
"""Nouns without a picture that a pictured word before them only describes: "a dog owner", "a bear costume"."""

ANIMALS = word_set(
    "1F426 1F54A 1F426-200D-2B1B 1F985 1F986 1FABF 1F414 1F413 1F423 1F989 1F99C 1F427 1F9A2 1F9A9 1F99A 1F983 1F415 1F429 "
    "1F408 1F40E 1FACF 1F404 1F402 1F416 1F411 1F410 1F407 1F401 1F400 1F43F 1F994 1F98C 1F43A 1F98A 1F43B 1F43C 1F428 1F981 "
    "1F405 1F406 1F418 1F98F 1F99B 1F992 1F993 1F42A 1F42B 1F998 1F412 1F98D 1F9A7 1F40A 1F422 1F40D 1F98E 1F438 1F409 1F996 "
    "1F995 1F433 1F40B 1F42C 1F9AD 1F41F 1F420 1F988 1F419 1F991 1F980 1F99E 1F40C 1F98B 1F41B 1F41C 1F41D 1F41E 1FAB2 1F997 "
    "1F577 1F987 1F9A6 1F9AB 1F99D 1F9A5 1F9A8 1F9A1 1F439 1F984 1F916 1F47B 1F47D 26C4 1F43B-200D-2744 1FACE 1F999 1F9AC 1F417 "
    "1F421 1F42F 1F42E 1F434 1F436 1F431 1F437 1F42D 1F430 1F435 1F432 1F921"
)
"""Pictures of creatures: they move and speak by themselves."""

FACES = word_set(
    "1F43B 1F98A 1F43A 1F981 1F42F 1F42E 1F437 1F42D 1F439 1F430 1F43C 1F414 1F438 1F432 1F436 1F431 1F435 1FACE "
    "1F916 1F47D 1F921"
)
"""Pictures that show a head only; the stage gives them a body."""

FACING_RIGHT = word_set("1F426 1F426-200D-2B1B 1F40D 1F409 1F996 1F995 1F41F 1F988 1F40C 1F41D 1F9AC 1F99D")
"""Pictures that look to the right; nearly all others look to the left."""

SKY = word_set(
    "2601 1F31E 1F315 1F319 2B50 2604 1F320 1FA90 1F308 2708 1F6E9 1F681 1F680 1F6F8 1F6F0 1FA81 1F386 26A1 1F32A 1F30D "
    "1F326 1F324"
)
"""Pictures that belong above the ground."""


def _heights(text: str) -> dict[str, float]:
    table: dict[str, float] = {}
    for entry in text.split(";"):
        height, *codes = entry.split()
        table.update(dict.fromkeys(codes, float(height)))
    return table


HEIGHTS = _heights("""
64 1F418 1F992 1F995 1F996 1F409; 52 1F98F 1F40E 1F98C 1F42A 1F42B 1F402 1F404 1F993 1F9AC 1F99B 1F98D 1F433 1F40B 1F43B-200D-2744;
44 1F988 1F42C 1F9AD 1F405 1F406 1F40A 1FACF 1F999 1F998 1F411 1F410 1F416 1F417 1FACE; 54 1F43B 1F981 1F42F 1F43C 1F984 1F434 1F42E 1F47D 1F916 26C4 1F47B 1F921;
46 1F98A 1F43A 1F437 1F436 1F432 1F435 1F428; 40 1F438 1F439 1F42D 1F430 1F431 1F414 1F99D;
36 1F415 1F429 1F412 1F9A7 1F427 1F9A9 1F99A 1F9A2 1F985; 28 1F408 1F407 1F986 1FABF 1F413 1F983 1F989 1F99C 1F9A6 1F9AB 1F9A8 1F9A1 1F422 1F40D 1F419 1F991 1F980;
20 1F426 1F54A 1F426-200D-2B1B 1F43F 1F994 1F401 1F400 1F423 1F98E 1F41F 1F420 1F987 1F99E; 14 1F40C 1F98B 1F41B 1F41C 1F41D 1F41E 1FAB2 1F997 1F577;
44 1F697 1F695 1F699 1F6FB 1F693 1F3CE 1F6F6 1F6A4; 64 1F69A 1F68C 1F682 1F684 1F68B 1F69C 1F691 1F692 26F5 1F6A2 26F4 1F681 2708 1F6E9 1F680 1F6F8;
40 1F6B2 1F3CD 1F6F5 1F6F4 E327 E343 E344 E345; 46 fridge hedge wall scarecrow podium E204; 62 stairs swing E2D1; 14 hole; 24 baseball-bat; 20 watering-can; 40 parking-meter; 30 hurdle sandcastle E141 1F6A7 1F3D7 E328 conveyor; 9 grass; 20 button vacuum lid E153 E150 thermos domino slinky spinning-top; 12 bow-tie snuffer;
16 1FA83 1F94F 1F97D 1F9EF 1F52B 1F58D; 26 E0AB E1CF E2C0 1FA82 1F3AF 1F384; 30 E094 1F6A6 E1D2; 22 1F4A8; 34 oven; 70 lighthouse waterfall; 30 table counter; 34 bench; 40 26F1; 48 bookcase fireplace stall column; 20 fence pond; 34 board; 86 1F3E0 1F3F0 26EA 1F3EB 1F3E5 1F3ED 1F3E2 1F309 1F3A1 1F3A0 1F3A2 1F333 1F332 1F334 26F0 1F3D4 1F30B; 58 26FA 1F6D6 26F2 1F6AA 1F335;
46 1FA9F 1F6CB 1F6CF 1F6C1 1F6BF 1FA9E 1F5FF 1FAA6 1F6D2 1FA9C 1F9E5 1F457; 32 1FA91 1F6BD 1F4FA 1F5BC 1F941 1F3B9 1F9F3 1F6E2 1F4EE 26FD 1F525 1FAB5 1FAA8 1F6DD 1F3B8 1FAB4 1F33F 1F33B 1F33E 1F945 1F5D1;
24 1F9FA 1F4E6 1F381 1F392 1FAA3 1F9F8 1F570 1F5A5 1F4BB 1F3BB 1F3BA 1F3B7 2602 1F9F9 1F490 1F372 1F382 1F3EE; 30 1F388 1FA81 1F386 1F32A 26A1 1F31E 1F315; 50 1F308; 26 2601;
11 1F511 1F5DD 1F48D 1FA99 1F48E 1F4F1 2709 1F34E 1F34A 1F34B 1F95A 1F36A 1F48A 1F3B2 1F330 1F9C5 1F36C 1F4CE 1F353 1F352 1F9CA 1F344 1FAB6 1F342 26BE 1F3BE 26F3; 14 26BD 1F3C0 1F4D6 1F4BF 2615 1F95B 1F37A 1F377 1F95A
""")
"""Code points → height in world units, where the kind's usual height will not do."""


def _shares(text: str) -> dict[str, float]:
    return {code: float(share) for code, share in (entry.split() for entry in text.split(";"))}


SEATS = _shares(
    "bench .46; 1FA91 .5; 1F6CB .45; 1F6CF .5; E141 .45; 1F6B2 .6; 1F3CD .55; 1F6F5 .5; swing .25; 1F40E .62; 1FACF .6; 1F42A .7; 1F418 .85; 1F6BD .5; E327 .45; 1F9BD .45; 1F6F7 .5; 1F984 .6; 1F406 .6; 1F405 .6"
)
"""Code points of what one sits on → how high, as a share of its height."""

TOPS = _shares(
    "1F6F9 .8; 1F6F4 .2; 1F3BF .5; 1F3C4 .3; table 1; counter 1; stairs .7; wall 1; fence .95; pond .4; hole .3; grass .15; 1FAB7 .5; 1F9CA .9; 1F309 .5; vacuum .86; conveyor .62; 1FAA8 .9; 1F3B9 .95; 2328 .7; 1F9FA .8; 1F37D .7; 1F332 .9; 1F333 .8; 1FAB4 .9; 1F5A5 .95; 1F3E0 .95; 26F0 .95; 1F3D4 .95; 1F3E2 1; 1FA9C .75; 1F33F .6"
)
"""Code points of what one can stand on → how high, as a share of its height."""


UPRIGHT = word_set("spinning-top 1F30D 1FA90 E2D1 1F3A1 1F3A0 1F3FA 1F483 1FA86 thermos 1F37E 1F9CB")
"""Code points of what turns about its own axis and never over."""


LEGLESS = word_set(
    "1F433 1F40B 1F42C 1F988 1F41F 1F420 1F421 1F419 1F991 E004 E006 1F40D 1F40C 1F41B 1FAB1 1F422 1F9AD 1F994 1F980 1F99E "
    "1F577 1F98B 1F41D 1F41E 1FAB2 1F997 1F40A 1F98E"
)
"""Code points of animals that lie as they stand."""

WALL = word_set("1FA9F 1F5BC 1FA9E E142 1F3AF 1F4C5 1F5FA board")
"""Code points of what hangs on a wall indoors."""


def _mouths(text: str) -> dict[str, tuple[float, float, float]]:
    table = {}
    for entry in text.split(";"):
        code, x, y, half = entry.split()
        table[code] = (float(x), float(y), float(half))
    return table


MOUTHS = _mouths("""
1F426 55 20 3; 1F54A 16 41 2.5; 1F426-200D-2B1B 55 20 3; 1F985 20 48 3; 1F986 22 19 4; 1FABF 21 18 3; 1F413 22 25 3; 1F989 36 33 3; 1F99C 30 17 3; 1F427 33 12 3;
1F9A2 14 19 3; 1F9A9 17 22 3; 1F983 24 22 3; 1F415 14 25 4; 1F429 16 23 3.5; 1F408 13 36 3.5; 1F40E 13 24 4; 1FACF 16 26 3.5; 1F404 14 34 4; 1F402 13 35 4; 1F416 14 50 4; 1F411 12 25 3.5; 1F410 17 27 3.5;
1F407 17 30 3.5; 1F401 15 36 3.5; 1F43F 18 37 3.5; 1F994 12 51 3.5; 1F98C 13 25 3.5; 1F405 11 35 3.5; 1F406 11 34 3.5; 1F418 18 43 4; 1F98F 13 38 4; 1F99B 12 41 4.5; 1F992 19 15 3; 1F993 13 27 4; 1F42A 11 27 3.5; 1F998 13 22 3;
1F412 24 38 4; 1F98D 17 22 4; 1F40A 12 38 5; 1F422 10 21 3.5; 1F40D 44 21 4; 1F98E 11 33 3; 1F409 50 19 4; 1F996 50 26 4; 1F995 60 15 3.5; 1F433 18 43 5; 1F42C 12 33 4; 1F9AD 17 27 4; 1F41F 53 39 3.5; 1F988 58 41 4; 1F419 36 32 5; 1F980 36 45 5;
1F40C 60 38 3; 1F98B 36 22 2.5; 1F41D 56 36 3; 1F987 36 33 3; 1F9A6 19 31 3.5; 1F9AB 16 40 3; 1F43B 36 49 5; 1F98A 36 55 4; 1F43A 36 56 4; 1F981 36 47 4.5; 1F438 36 45 8; 1F43C 36 50 4; 1F439 36 49 4; 1F428 23 21 3; 1F984 16 47 4; 1F99D 60 38 3;
1F916 36 49 9; 1F47B 36 33 4; 1F47D 36 56 5; 26C4 36 27 4; 1F921 36 53 9; 1F9D4 36 38 4; 1F385 36 39 4; 1F936 36 38.5 3.6; 1F474 36 39 3.4; 1F475 36 39 3.4; 1F9D3 36 39 3.4; 1F476 36 35.5 3.5; 1F977 36 36 4; 1F9DF 36 40 4; 1F482 36 36.5 3.8
""")  # fmt: skip
"""Code points → centre and half width of the mouth in the picture's 72 units."""
