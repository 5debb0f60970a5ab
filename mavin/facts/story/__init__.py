"""What happens: a story read clause by clause into events, with their times and sounds; overviews as beats."""

from mavin.facts.story.framing import framed
from mavin.facts.story.heard import find_sounds
from mavin.facts.story.narration import Narration
from mavin.facts.story.overview import find_film_notes, is_overview, overview_events
from mavin.facts.story.placing import Placing, untimed

__all__ = [
    "Narration",
    "Placing",
    "find_film_notes",
    "find_sounds",
    "framed",
    "is_overview",
    "overview_events",
    "untimed",
]
