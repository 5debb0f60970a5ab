"""A script as text that people read at once, change in any editor, and give back (design §5).

    # The Lamp
    7.5s, 21:9, en

    Storyline: A lighthouse keeper lights the lamp and calls a sailor home.
    Style: painterly realism
    Ambience: wind and distant surf

    C1 keeper
      Looks: an old man in a dark oilskin coat

    S2 2.5–5.125s The lamp
      Setting: lamp room, rain on the panes
      Action: The keeper lights the great lamp and leans to the window.
      Camera: close up, eye, dolly in
      Roles: C1
      X2 2.6–3.1s: a match flares
      C1 says 3.9–5.6s (whispering): "Come home, Mara." — [L1]

    S3 5.125–7.5s The sea
      — C1 goes on [L1]
      …

It is complete: reading what was written gives the same script to the byte.  Ids are stable; what has none yet
(``S 7.5–9s``, ``C Tom``, ``X 0–1s: a bang``, a line without ``[L3]``) gets the next free one.  Times have up to three
decimals.  A line stands in the shot in which it begins; the marks — of a line that goes on over a cut follow from its
times.  Texts that are empty, or hold line breaks or odd blanks, stand in quotation marks with JSON's escapes.
"""

from mavin.formats.script_text.problems import TextError, TextProblem
from mavin.formats.script_text.reading import ReadClip, ReadText, read_revision, read_text
from mavin.formats.script_text.writing import clip_text, film_text

__all__ = ["ReadClip", "ReadText", "TextError", "TextProblem", "clip_text", "film_text", "read_revision", "read_text"]
