# ruff: noqa: E501  (tables read better unwrapped)
"""Names of people and of what is none: given names of women and men, nouns for persons, nouns for things."""

from __future__ import annotations

from generator.stage.words import word_set

__all__ = ["GIVEN_FEMALE", "GIVEN_MALE", "PEOPLE", "ROLE_PICTURES", "THINGS"]

GIVEN_FEMALE = word_set(
    "mara anna anne ann emma olivia sophia sofia isabella mia charlotte amelia evelyn abigail emily elizabeth ella "
    "scarlett grace chloe victoria riley aria lily zoe zoey hannah nora leah stella maya lucy ruby rose daisy ivy alice "
    "clara eva eve ada iris june jane mary maria marie margaret martha sarah sara susan linda patricia barbara jessica "
    "karen nancy lisa betty helen sandra donna carol ruth sharon michelle laura kimberly deborah amy angela melissa "
    "rebecca cynthia kathleen pamela nicole samantha katherine kate catherine christine janet debra rachel carolyn "
    "heather diane julie joyce kelly lauren christina joan judith andrea cheryl megan jean teresa gloria doris julia "
    "ingrid astrid freya greta heidi ursula sabine petra anja lena lea lina nina mina tina gina elena irina olga tanya "
    "natasha svetlana katya vera yuki sakura hana aiko mei ling xiao priya anita lakshmi fatima aisha leila layla zara "
    "amara nia zuri carmen lucia rosa isabel ines pilar dolores esperanza giulia chiara francesca bianca paola camille "
    "juliette chantal celine amelie simone colette jasmine pepper ginger willow hazel violet beatrice edith agnes penny"
)
GIVEN_MALE = word_set(
    "james john robert michael william david richard joseph thomas tom charles christopher daniel matthew anthony mark "
    "donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary "
    "nicholas eric jonathan stephen larry justin scott brandon benjamin ben samuel sam gregory frank alexander raymond "
    "patrick jack dennis jerry tyler aaron jose adam nathan henry douglas peter zachary kyle walter ethan jeremy harold "
    "keith christian roger noah gerald carl karl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy "
    "bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip "
    "johnny liam lucas oliver leo max felix theo oscar hugo otto hans fritz jürgen klaus dieter stefan matthias uwe "
    "lars sven olaf erik nils magnus ivan boris dmitri sergei vladimir alexei nikolai yuri pavel hiroshi kenji takeshi "
    "akira kazuki wei jun chen raj arjun vikram ravi amit omar ali ahmed hassan mustafa yusuf ibrahim kwame kofi jamal "
    "carlos miguel luis pedro diego javier pablo antonio marco luca matteo giovanni paolo pierre jacques jean-luc rené "
    "françois claude marcel antoine robin finn owen caleb isaac silas jonas elias harry fred ted bob bill jim tim dan"
)

PEOPLE = word_set(
    "someone somebody person friend partner participant athlete artisan model crew team owner guest host neighbour neighbor "
    "mentor coach thief chief nurse captain guard guy lady kid teen stranger crowd audience couple band pilot spy monk nun saint "
    "bard rogue wizard witch knight squire hermit nomad pirate ninja samurai soldier general colonel sergeant major private "
    "cousin twin orphan bride groom widow heir ghost angel giant dwarf elf hobbit hero heroine villain victim rebel athlete "
    "champion chef cook barista vet medic doc prof sage clerk judge lawyer cop cashier courier magician musician pope bishop "
    "priest pastor rabbi imam king queen prince princess duke count baron boss president mayor patient client customer virtuoso "
    "ensemble child baby infant adult narrator voice human figure silhouette anyone everyone people man woman boy girl"
)
"""Nouns for persons that end like none."""

THINGS = word_set(
    "container blender toaster printer escalator generator mixer computer reactor elevator tractor projector locker drawer "
    "burner boiler heater cooler freezer scooter helicopter roller cleaner feather paper letter water river tower flower "
    "shower corner counter poster banner trailer bumper propeller meter thermometer motor engine mirror door floor monitor "
    "sensor radiator refrigerator calculator curtain fountain mountain plant elephant tent cement monument instrument moment "
    "present document tree bee coffee toffee knee lantern fender rotor vapor meteor saucer plaster stapler hammer ladder rudder "
    "butter pepper lobster hamster oyster spider tiger badger beaver otter lever cover rubber whisker finger shoulder weather "
    "number member-card robot-cleaner dust-clearer printer dryer washer speaker player shutter shredder slipper sweater zipper "
    "sprinkler snuffer ruler marker cracker burger hamburger dumpling"
)
"""Nouns for things that end as those for persons do."""

ROLE_PICTURES = {
    "hand": "1F91A", "finger": "1FAF5", "eye": "1F441", "foot": "1F9B6", "ear": "1F442", "nose": "1F443", "heart": "2764", "brain": "1F9E0",
    "tooth": "1F9B7", "sun": "1F31E", "wind": "1F32C", "water": "1F4A7", "snow": "2744", "rain": "1F327", "storm": "26C8", "sea": "1F30A",
    "ocean": "1F30A", "shadow": "1F464", "fire": "1F525", "light": "1F4A1", "face": "1F642",
}  # fmt: skip
"""Words that name no picture in a sentence ("a hand"), but do if the role is called so."""
