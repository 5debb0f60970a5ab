# ruff: noqa: E501  (a table)
"""Where a sampled story plays: wordings of each place, what stands there to be used, what is heard there."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIGHTS", "PLACES", "WEATHERS", "Locale"]


@dataclass(frozen=True, slots=True)
class Locale:
    """A kind of place.

    Attributes:
        inside: whether it has a roof, and so no weather.
        names: how it may be called, each with its article.
        details: what else may be said of it.
        props: nouns with their article that people there can use; every one has a picture.
        spots: where somebody can walk to or stand.
        sounds: sound events of the place.
        never: words of weathers that do not happen there; the empty word is part of every weather.
    """

    inside: bool
    names: tuple[str, ...]
    details: tuple[str, ...]
    props: tuple[str, ...]
    spots: tuple[str, ...]
    sounds: tuple[str, ...]
    never: tuple[str, ...] = ()

    def weather(self, weather: str) -> str:
        """The story's weather as it is in this place: none under a roof, none that cannot be."""
        return "" if self.inside or any(word in weather for word in self.never) else weather


def _place(
    inside: bool, names: str, details: str, props: str, spots: str, sounds: str, never: tuple[str, ...] = ()
) -> Locale:
    def parts(text: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in text.split(";"))

    return Locale(inside, parts(names), parts(details), parts(props), parts(spots), parts(sounds), never)


_OUT, _IN = False, True

PLACES: tuple[Locale, ...] = (
    _place(_IN, "a small kitchen; a farmhouse kitchen; a cluttered kitchen; the kitchen of an old house",
           "steam on the window; copper pots on the wall; flour on every surface; a kettle on the stove",
           "a cup of tea; a loaf of bread; a frying pan; an apple; a knife; an egg; a bowl; a cake",
           "the stove; the table; the window; the cupboard", "a kettle whistles; a plate breaks; a door slams; water drips into the sink"),
    _place(_IN, "a living room; a cosy parlour; a dim living room; a sitting room with tall shelves",
           "rugs on the floor; a lamp in the corner; faded wallpaper; dust in the light",
           "a letter; a book; a candle; a newspaper; a telephone; a guitar; a photo camera; a gift",
           "the sofa; the window; the door; the bookcase", "a clock ticks; a telephone rings; a knock at the door; a dog barks outside"),
    _place(_IN, "a bedroom; a tidy hotel room; a child's bedroom; a narrow bedroom under the roof",
           "curtains half drawn; clothes over a chair; an unmade bed; a lamp left on",
           "a key; a book; an alarm clock; a teddy bear; a suitcase; a mirror; a doll",
           "the bed; the window; the door; the wardrobe", "an alarm clock rings; a floorboard creaks; a knock at the door; rain taps on the glass"),
    _place(_IN, "an open-plan office; a detective's office; a cramped newsroom; an office on the tenth floor",
           "papers everywhere; blinds half shut; screens glowing; a dying plant by the wall",
           "a laptop; a pencil; a telephone; a briefcase; a newspaper; a camera; a cup of coffee",
           "the desk; the window; the door; the printer", "a telephone rings; someone types on a keyboard; a chair creaks; a door slams"),
    _place(_IN, "a classroom; a village classroom; a lecture hall; an empty classroom",
           "chalk on the board; maps on the walls; rows of desks; satchels under the chairs",
           "a book; a globe; a pencil; a ruler; a microscope; an apple", "the board; the front row; the door; the window",
           "a school bell rings; chalk scratches; a chair scrapes; children laugh in the corridor"),
    _place(_IN, "a library; an old library; the reading room of a library; a bookshop",
           "shelves up to the ceiling; green lamps on the tables; ladders on rails; a smell of paper",
           "a book; a scroll; a magnifying glass; a candle; a map; a letter", "the shelf; the reading table; the ladder; the counter",
           "a page turns; a book falls to the floor; a clock ticks; footsteps on wood"),
    _place(_IN, "a corner café; a crowded café; a coffee bar; a quiet teahouse",
           "mirrors behind the counter; cups stacked high; rain on the awning outside; small round tables",
           "a cup of coffee; a croissant; a newspaper; a guitar; a slice of cake; a laptop", "the counter; the corner table; the door; the window seat",
           "a bell over the door rings; cups clink; a coffee machine hisses; a chair scrapes"),
    _place(_IN, "a grocery shop; a toy shop; a tailor's shop; a small corner shop",
           "jars in rows; a bell over the door; price tags by hand; goods up to the ceiling",
           "a banana; a doll; a shopping bag; an umbrella; a teddy bear; a bottle of milk; a hat", "the counter; the shelves; the door; the till",
           "the till rings; a bell over the door rings; a bag rustles; a bottle breaks"),
    _place(_IN, "a hospital ward; a bright clinic; a doctor's surgery; a laboratory",
           "white curtains; a row of beds; instruments on a tray; a humming lamp",
           "a syringe; a pill; a thermometer; a microscope; a bouquet; a stethoscope", "the bed; the window; the door; the bench",
           "a monitor beeps; a trolley rattles; a door swings open; a heartbeat"),
    _place(_IN, "a workshop; a garage; a blacksmith's forge; a cluttered basement",
           "tools on the wall; oil on the floor; sparks in the air; shavings under the bench",
           "a hammer; a saw; a wrench; a toolbox; a bicycle; a lantern; a screwdriver", "the workbench; the door; the shelf; the engine",
           "a hammer strikes metal; a saw cuts wood; an engine starts; a tool clatters to the floor"),
    _place(_IN, "a theatre stage; an empty stage; a small stage behind a red curtain; an opera stage",
           "a single spotlight; dust above the boards; a half-painted backdrop; footlights along the edge",
           "a violin; a microphone; a trumpet; a mask; a drum; a bouquet; a guitar", "the spotlight; the curtain; the edge of the stage; the piano",
           "applause; a drum roll; a violin plays; a curtain swishes"),
    _place(_IN, "a church; a castle hall; a museum gallery; the lobby of a grand hotel",
           "columns on both sides; coloured light on the floor; paintings in gold frames; an echo under the vault",
           "a candle; a crown; a sword; a painting; a key; a scroll", "the great door; the altar; the stairs; the far column",
           "a church bell rings; footsteps echo; an organ plays; a heavy door creaks"),
    _place(_IN, "a train compartment; the carriage of a night train; a city bus; a tram",
           "fields passing behind the glass; luggage overhead; worn seats; the lights flickering",
           "a suitcase; a ticket; a newspaper; a backpack; a cup of coffee; a camera", "the window seat; the aisle; the door; the luggage rack",
           "the train rattles; brakes screech; a whistle blows; a horn sounds"),
    _place(_IN, "the cockpit of a spaceship; a space station module; the bridge of a starship; a spaceship corridor",
           "stars behind the porthole; buttons blinking; cables along the walls; a red warning light",
           "a robot; a laptop; a wrench; a telescope; a helmet; a key", "the console; the airlock; the porthole; the captain's chair",
           "an alarm sounds; a console beeps; an engine hums; a hatch hisses open"),
    _place(_IN, "a cave; a crystal cave; an abandoned mine; a dungeon",
           "water on the walls; torchlight on the rock; roots hanging from above; bones in the dust",
           "a lantern; a key; a pickaxe; a map; a candle", "the dark passage; the fire; the ledge; the iron door",
           "water drips; a stone falls; bats flutter; chains rattle"),
    _place(_OUT, "a city street; a narrow alley; a cobbled street; a busy avenue",
           "shop signs overhead; steam from a grate; laundry between the houses; puddles by the curb",
           "a bicycle; an umbrella; a newspaper; a suitcase; a ball; a shopping bag", "the corner; the lamp post; the crossing; a doorway",
           "a car horn honks; a siren wails; footsteps on stone; an engine roars past"),
    _place(_OUT, "a railway platform; a train station; a small country station; the platform of a subway station",
           "a clock above the tracks; benches along the wall; a poster half torn; smoke over the rails",
           "a suitcase; a ticket; a newspaper; an umbrella; a bouquet; a backpack", "the edge of the platform; the bench; the stairs; the ticket window",
           "a train whistle blows; a train arrives; an announcement chimes; footsteps hurry by"),
    _place(_OUT, "a rooftop above the city; a flat roof; a rooftop garden; a tiled rooftop",
           "chimneys all around; antennas against the sky; lights far below; a pigeon loft",
           "a telescope; a kite; a lantern; a flower pot; a camera; a flag", "the edge of the roof; the chimney; the railing; the trapdoor",
           "wind gusts; a siren far below; pigeons flutter; thunder rolls"),
    _place(_OUT, "a forest; a pine forest; a clearing in the woods; a dark forest",
           "ferns along the path; mist between the trunks; mushrooms in the moss; light through the leaves",
           "a mushroom; an axe; a lantern; a map; a basket; a bow and arrow; a compass", "the clearing; the fallen trunk; the stream; the edge of the trees",
           "an owl hoots; a branch cracks; birds sing; leaves rustle"),
    _place(_OUT, "a meadow; a green hillside; a wide field of grass; a valley full of flowers",
           "poppies in the grass; a lone tree on the rise; clouds racing over; hills in the distance",
           "a kite; a flower; a basket; a ball; a bicycle; a butterfly; a guitar", "the lone tree; the top of the hill; the fence; the path",
           "birds sing; crickets chirp; a cow moos; wind moves the grass"),
    _place(_OUT, "a farmyard; an old farm; a wheat field; a barnyard",
           "a tractor by the fence; hay in heaps; hens in the dust; a weathercock turning",
           "a basket; a bucket; an egg; a pumpkin; a carrot; a hat; an axe", "the barn; the gate; the well; the fence",
           "a rooster crows; a cow moos; a horse neighs; a gate creaks"),
    _place(_OUT, "a park; a playground; a walled garden; an orchard",
           "benches under the trees; a fountain in the middle; swings in a row; roses on the wall",
           "a ball; a balloon; a flower; an ice cream; a kite; a bicycle; a book", "the fountain; the bench; the gate; the old tree",
           "children laugh; a dog barks; birds sing; a bicycle bell rings"),
    _place(_OUT, "a beach; an empty beach; a sandy shore; a tropical beach",
           "palms leaning over the sand; shells at the waterline; footprints along the shore; sails on the horizon",
           "a shell; a surfboard; a bottle; a crab; an umbrella; a ball; a camera", "the waterline; the palm tree; the rocks; the dune",
           "waves break; seagulls cry; a ship's horn sounds; wind gusts", ("snow",)),
    _place(_OUT, "a harbour; a fishing pier; the deck of a ship; a cliff by the sea",
           "ropes in coils; a lighthouse behind; nets hung out to dry; spray over the planks",
           "an anchor; a fish; a rope; a lantern; a telescope; a map; a bucket", "the end of the pier; the railing; the lighthouse; the mast",
           "a ship's horn sounds; waves slap the planks; seagulls cry; a bell rings"),
    _place(_OUT, "a lake shore; a river bank; a pond among reeds; the shore of a mountain lake",
           "reeds along the water; dragonflies above; a rowing boat tied up; peaks mirrored in the water",
           "a fishing rod; a basket; a frog; a flower; a backpack; a camera; a duck", "the water's edge; the boat; the willow; the stones",
           "a splash; frogs croak; a duck quacks; water laps at the bank"),
    _place(_OUT, "a desert; a desert with cactuses; the dunes of a desert; a dry canyon",
           "heat over the sand; a cactus casting a shadow; bones beside the track; cliffs far off",
           "a map; a compass; a hat; a lantern; a bottle; a backpack", "the cactus; the top of the dune; the well; the rocks",
           "wind sweeps the sand; an eagle cries; an engine starts; thunder rolls far away", ("snow", "rain", "fog")),
    _place(_OUT, "a snowy field; a frozen lake; a winter forest in deep snow; an arctic plain",
           "tracks in the snow; icicles on the branches; breath in the air; a sledge half buried",
           "a snowman; a lantern; a pair of skis; a sled; a pair of gloves; a rope", "the frozen lake; the fir tree; the hut; the ridge",
           "wind howls; ice cracks; a wolf howls; snow crunches underfoot", ("rain", "hot", "thunder")),
    _place(_OUT, "a mountain pass; a rocky ridge; the summit of a mountain; a mountain trail",
           "clouds below; a cairn by the path; snow in the cracks; a rope bridge ahead",
           "a rope; a map; a compass; a backpack; a flag; a pair of binoculars", "the summit; the edge; the cairn; the bridge",
           "wind gusts; an eagle cries; stones tumble down; thunder rolls"),
    _place(_OUT, "the surface of the moon; a lunar crater; a moon base; a landscape on the moon",
           "the earth above the horizon; dust hanging still; a flag without wind; tracks to the horizon",
           "a flag; a telescope; a robot; a helmet; a camera; a map", "the crater; the lander; the flag; the ridge",
           "radio beeps; static crackles; an engine hums; a hatch hisses open", ("",)),
    _place(_OUT, "an old cemetery; a graveyard; a churchyard; a graveyard on a hill",
           "crooked stones; ivy over the wall; a crow on a cross; fog between the graves",
           "a bouquet; a candle; a shovel; a lantern; a letter; an umbrella", "the gate; the oldest grave; the chapel; the yew tree",
           "a church bell rings; an owl hoots; a gate creaks; a crow caws"),
    _place(_OUT, "a street market; a fairground; a carnival; a market square",
           "lanterns on strings; stalls in long rows; a big wheel turning; banners overhead",
           "an apple; a balloon; a fish; a drum; a basket; a mask; a bouquet", "the stall; the fountain; the big wheel; the tent",
           "a crowd murmurs; music plays; a bell rings; firecrackers go off"),
    _place(_OUT, "a sports field; a stadium; a racetrack; a tennis court",
           "floodlights above; flags along the stands; chalk lines on the grass; a scoreboard at zero",
           "a football; a trophy; a whistle; a tennis racket; a medal; a bicycle", "the goal; the finish line; the bench; the stands",
           "a whistle blows; a crowd cheers; applause; feet pound the track"),
)  # fmt: skip

LIGHTS = (
    "at dawn", "in the early morning", "in the morning", "at noon", "in the bright afternoon", "in the late afternoon",
    "at sunset", "at dusk", "in the evening", "at night", "after midnight", "",
)  # fmt: skip
"""Times of day; the empty one leaves it open."""

WEATHERS = (
    "in heavy rain", "in light rain", "in thick fog", "under a clear sky", "under low clouds", "in a snowstorm",
    "in strong wind", "in a thunderstorm", "in hot sun", "", "", "",
)  # fmt: skip
"""Weathers for places without a roof; the empty ones leave it open."""
