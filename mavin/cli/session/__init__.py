"""``mavin edit FILM``: a session at the terminal; every command is a line, every change a step that is saved at once.

terminal   where lines come from and go to: a person, standard input, a transcript
session    the loop: commands, the selection, proposals
choices    what can be done with the selected part, numbered
view       what is shown
"""

from mavin.cli.session.session import Session
from mavin.cli.session.terminal import Live, Scripted, Terminal
from mavin.cli.session.transcript import replay

__all__ = ["Live", "Scripted", "Session", "Terminal", "replay"]
