# ruff: noqa: E501  (tables read better unwrapped)
"""Common given names, for telling women from men where a script says nothing else."""

from __future__ import annotations

from generator.stage.words import word_set

__all__ = ["GIVEN_FEMALE", "GIVEN_MALE"]

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
