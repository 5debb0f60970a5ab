"""The process that draws, renders and decodes for the studio: ``python -m mavin.studio.worker``.

stdin    {"id": 1, "do": "still", …}⏎            one request a line, answered in order
stdout   {"id": 1, "progress": 0.4, "doing": "…"}⏎ …     while it works
         {"id": 1, "result": …}⏎  or  {"id": 1, "error": "…", "kind": "UsageError"}⏎

It stands alone so that a drag is answered while a film is drawn, that a rendering can be cancelled at any moment, and
that a file which breaks its decoder breaks nothing else.  When the studio goes, its end of stdin closes and this ends.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mavin.errors import MavinError

__all__ = ["main"]

_NICENESS = 10

Request = dict[str, Any]
Tell = Callable[[float, str], None]


def _still(request: Request, _tell: Tell) -> Any:
    from mavin.api.stills import shot_still
    from mavin.caption import load_caption

    caption = load_caption(json.dumps(request["caption"]))
    return _encoded(shot_still(caption, request["shot"], request["width"], Path(request["folder"])))


def _thumbnail(request: Request, _tell: Tell) -> Any:
    from mavin.api.stills import thumbnail

    return _encoded(thumbnail(Path(request["path"]), request["width"]))


def _wav(request: Request, _tell: Tell) -> Any:
    from mavin.api.stills import sound_wav

    return _encoded(sound_wav(Path(request["path"])))


def _waveform(request: Request, _tell: Tell) -> Any:
    from mavin.api.stills import waveform

    found = waveform(Path(request["path"]), request["points"])
    return {**asdict(found), "silent": found.is_silent}


def _inspect(request: Request, _tell: Tell) -> Any:
    from mavin.api.stills import inspect_recording, inspect_reference

    inspect = inspect_recording if request["recording"] else inspect_reference
    return asdict(inspect(Path(request["path"])))


def _draw(request: Request, tell: Tell) -> Any:
    from mavin import api
    from mavin.film import free_name
    from mavin.studio.media import forget_previews, medium_name

    film = api.open(request["film"])
    film.renders.mkdir(exist_ok=True)
    kind, options = request["kind"], request["options"]
    name = medium_name(kind, film.rev, options.get("clip"), options.get("shot"), request["suffix"])
    # A preview can be drawn again at any time; a rendering is kept beside those before it.
    output = film.renders / name if kind == "preview" else free_name(film.renders, name)
    if kind == "preview":
        result = api.preview(film, output, progress=lambda part: tell(part, "drawing"), **options)
        forget_previews(film.renders)
    elif options.get("weights"):
        # The network tells of its steps; what it decodes is told once more as frames that are written.
        result = api.render(film, output, telling=lambda doing, part: tell(part, doing), **options)
    else:
        result = api.render(film, output, progress=lambda part: tell(part, "drawing"), **options)
    return {"name": output.name, "rev": film.rev, "notes": list(result.notes) if result is not None else []}


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


_WORK: dict[str, Callable[[Request, Tell], Any]] = {
    "still": _still,
    "thumbnail": _thumbnail,
    "wav": _wav,
    "waveform": _waveform,
    "inspect": _inspect,
    "draw": _draw,
}


def main() -> None:
    """Works until stdin ends."""
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the studio, which then ends this
    signal.signal(signal.SIGTERM, _stop)
    _limit_memory()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)  # a drag goes first
    requests: queue.Queue[Request] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()

    def say(**message: Any) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    while True:
        request = requests.get()
        number = request["id"]

        def tell(part: float, doing: str = "", number: int = number) -> None:
            say(id=number, progress=round(part, 4), doing=doing)

        try:
            result = _WORK[request["do"]](request, tell)
        except MavinError as error:
            say(id=number, error=str(error), kind=type(error).__name__)
        except MemoryError:
            say(id=number, error="This takes more memory than the studio gives to it.", kind="UsageError")
        except Exception as error:
            say(id=number, error=f"{type(error).__name__}: {error}", kind="Exception")
        else:
            say(id=number, result=result)


def _listen(requests: queue.Queue[Request]) -> None:
    for line in sys.stdin:
        requests.put(json.loads(line))
    # The studio is gone: whatever is being written beside its place is taken away on the way out.
    os.kill(os.getpid(), signal.SIGTERM)


def _stop(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _limit_memory() -> None:
    """Keeps a file that unpacks without end from taking the machine's memory."""
    limit = int(os.environ.get("MAVIN_WORKER_MEGABYTES", "0")) * 1024 * 1024
    if not limit:
        return
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main()
