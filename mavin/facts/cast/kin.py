"""Kin whom a plain noun means later on: "a sailor and his *grandson* … *the boy*", "su *nieta* … *la niña*"."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from mavin.facts.cast.member import Member

__all__ = ["kin_meant"]

_KIN = MappingProxyType(
    {
        noun: frozenset(kin.split())
        for nouns, kin in (
            ("boy|lad", "son grandson nephew brother"),
            ("girl|lass", "daughter granddaughter niece sister"),
            ("child|kid", "son grandson nephew brother daughter granddaughter niece sister"),
            ("man", "father dad grandfather grandpa husband uncle"),
            ("woman", "mother mum mom grandmother grandma wife aunt"),
            ("junge|bub", "sohn enkel neffe bruder"),
            ("mädchen", "tochter enkelin nichte schwester"),
            ("kind", "sohn enkel tochter enkelin"),
            ("mann", "vater papa opa großvater onkel ehemann"),
            ("frau", "mutter mama oma großmutter tante ehefrau"),
            ("niño|chico|muchacho", "hijo nieto sobrino hermano"),
            ("niña|chica|muchacha", "hija nieta sobrina hermana"),
            ("hombre|señor", "padre papá abuelo marido tío"),
            ("mujer|señora", "madre mamá abuela esposa tía"),
            ("garçon|gamin", "fils petit-fils neveu frère"),
            ("fille|fillette|gamine", "petite-fille nièce soeur sœur"),
            ("homme", "père papa grand-père mari oncle"),
            ("femme", "mère maman grand-mère épouse tante"),
            ("bambino|ragazzo", "figlio nipote fratello"),
            ("bambina|ragazza", "figlia nipote sorella"),
            ("menino|garoto", "filho neto sobrinho irmão"),
            ("menina|garota", "filha neta sobrinha irmã"),
        )
        for noun in nouns.split("|")
    }
)
"""What sons and daughters, fathers and mothers are called when they are told of again."""


def kin_meant(noun: str, members: Sequence[Member]) -> str | None:
    """The one member of a family whom a plain noun means; ``None`` if there is none or several.

    Args:
        noun: head noun of "the boy", lower case.
        members: those met so far.
    """
    kin = _KIN.get(noun, frozenset())
    if not kin or any(member.head == noun for member in members):
        return None
    found = [member for member in members if member.head in kin and not member.plural]
    return found[0].key if len(found) == 1 else None
