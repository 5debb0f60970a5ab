"""Who is in the story: roles from subjects, names and groups, what pronouns mean, and how they look.

A noun that became a role and is none, two that are one, or one that is two, are mended here.
"""

from mavin.facts.cast.cast_lists import find_cast_lists
from mavin.facts.cast.descriptions import Description, find_descriptions, without_descriptions
from mavin.facts.cast.groups import with_members
from mavin.facts.cast.looks import with_looks
from mavin.facts.cast.members import Cast
from mavin.facts.cast.naming import Naming, find_namings, without_article
from mavin.facts.cast.subjects import Subjects, capital

__all__ = [
    "Cast",
    "Description",
    "Naming",
    "Subjects",
    "capital",
    "find_cast_lists",
    "find_descriptions",
    "find_namings",
    "with_looks",
    "with_members",
    "without_article",
    "without_descriptions",
]
