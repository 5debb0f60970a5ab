"""The directory of a pipeline, as a model hub serves it; no torch is needed to read what is in it.

    NAME/
    ├── model_index.json    what it is: parts, licences, how it was trained, how to sample, every file's hash
    ├── README.md           the model card
    ├── backbone/           config.json (both towers), model.safetensors or model-00001-of-0000N.safetensors …
    ├── identity/           role embeddings and the timbre's projection; absent where references are unknown
    ├── video_codec/        config.json, model.safetensors
    ├── audio_codec/        config.json, vae.safetensors, vocoder.safetensors
    ├── text_encoder/       config.json, model.safetensors …, tokenizer/
    └── timbre/             the voice encoder of Eq. 5; absent where references are unknown

A part is a folder with a ``config.json`` and its modules' weights; its kind, which the index names, says
which class reads them (``generator/parts.py``).  The index is written last: a folder without it is none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from generator.conditioning import Wording
from mavin.caption import Aspect
from mavin.errors import UsageError
from mavin.media import write_atomic

__all__ = [
    "INDEX",
    "PARTS",
    "REQUIRED_PARTS",
    "SHIPPED",
    "FileInfo",
    "PartInfo",
    "PipelineIndex",
    "Sampling",
    "Training",
    "available_pipelines",
    "check_files",
    "installed_pipelines",
    "locate",
    "pipelines_root",
    "read_config",
    "read_index",
    "shipped_pipeline",
    "verify",
    "write_index",
]

INDEX: Final = "model_index.json"
"""The file that makes a folder a pipeline."""

REQUIRED_PARTS: Final = ("backbone", "video_codec", "audio_codec", "text_encoder")
"""Parts that every pipeline has."""

PARTS: Final = (*REQUIRED_PARTS, "identity", "timbre")
"""Parts that a pipeline can have; the last two belong to references."""

SHIPPED: Final = "tiny"
"""The pipeline that comes with the package, trained for a processor."""

_SHIPPED_ROOT: Final = Path(__file__).parent / "pretrained"
_MAX_JSON_BYTES: Final = 16 * 1024 * 1024


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _inside(name: str) -> str:
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\\" in name:
        raise ValueError(f"a file must lie inside the pipeline, got {name!r}")
    return name


FileName = Annotated[str, AfterValidator(_inside)]


class FileInfo(_Record):
    """A file's bytes and SHA-256 in hex."""

    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class PartInfo(_Record):
    """A part: which class reads it, under which licence it is, and where it came from."""

    kind: str
    licence: str = ""
    source: str = ""


class Training(_Record):
    """What the weights were trained on.

    Attributes:
        video_latents: latent frames of a training clip, ``None`` where lengths varied.
        audio_latents: audio latents of a training clip.
        pixels: width × height of a training picture.
        sizes: width and height of the training pictures by aspect, for weights that know only these: a clip is made
            at this size and the film scaled up to its own; empty for weights that take any size.
        boundaries: whether text was routed by shots and lines (§4.2); if not, routing comes on top.
        references: whether identity anchors were there (§4.3).
        wording: how speech and sound were marked in the text.
        role_marks: whether a role's tokens carried which role it is (:func:`generator.conditioning.role_mark`).
        voice_ms: how much of a reference voice was given, from its beginning.
        steps: how many training steps, 0 for weights that were drawn at random.
    """

    video_latents: int | None = None
    audio_latents: int | None = None
    pixels: int | None = None
    sizes: dict[Aspect, tuple[int, int]] = {}
    boundaries: bool = False
    references: bool = False
    wording: Wording = Wording.MAVIN
    role_marks: bool = False
    voice_ms: Annotated[int, Field(ge=100)] = 3000
    steps: int | None = None


class Sampling(_Record):
    """How to sample unless told otherwise.

    Attributes:
        solver: ``unipc``, ``dpm++`` or ``euler``.
        steps: how many.
        shift: of the time grid.
        video_guidance: scale of the video's classifier-free guidance.
        audio_guidance: scale of the audio's.
        reference_guidance: scale of the references' own guidance; ``None`` for no third pass.
        skip_layer: block that the negative pass leaves out, 0 for none.
        negative_video: what the picture should not be.
        negative_audio: what the sound should not be.
    """

    solver: str = "unipc"
    steps: Annotated[int, Field(ge=1)] = 50
    shift: Annotated[float, Field(gt=0)] = 5.0
    video_guidance: float = 4.0
    audio_guidance: float = 3.0
    reference_guidance: float | None = None
    skip_layer: Annotated[int, Field(ge=0)] = 0
    negative_video: str = "jitter, bad hands, blur, distortion"
    negative_audio: str = "robotic, muffled, echo, distorted"


class PipelineIndex(_Record):
    """``model_index.json``."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    class_name: Annotated[Literal["MavinPipeline"], Field(alias="_class_name")] = "MavinPipeline"
    format_version: Literal[1] = 1
    name: str
    parts: dict[str, PartInfo]
    training: Training = Training()
    sampling: Sampling = Sampling()
    files: dict[FileName, FileInfo] = {}

    @property
    def licences(self) -> tuple[str, ...]:
        """Every licence of a part, each once."""
        return tuple(dict.fromkeys(part.licence for part in self.parts.values() if part.licence))

    @property
    def weights_sha256(self) -> str:
        """One hash of all weights and configurations: equal for pipelines that compute the same."""
        lines = (f"{info.sha256}  {name}\n" for name, info in sorted(self.files.items()) if name != "README.md")
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def part_bytes(self, part: str) -> int:
        """Bytes of a part's weights on disk."""
        mine = (info.size for name, info in self.files.items() if name.startswith(f"{part}/"))
        return sum(mine)


def read_index(folder: Path | str) -> PipelineIndex:
    """The index of a pipeline's folder.

    Raises:
        UsageError: if the folder is no pipeline, or its index is damaged or of a newer format.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise UsageError(f"A pipeline must be a folder with a {INDEX}, got {folder}, which is none.{_hint(folder)}")
    path = folder / INDEX
    if not path.is_file():
        raise UsageError(f"A pipeline's folder must have a {INDEX}, and {folder} has none.{_hint(folder)}")
    values = _read_json(path)
    if values.get("format_version", 1) != 1:
        raise UsageError(
            f"{path} must be of format 1, got {values['format_version']!r}. It was made by a newer version of mavin."
        )
    try:
        index = PipelineIndex.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"{path} must describe a pipeline; at {where or 'the top'}: {first['msg']}.") from None
    if lacking := [part for part in REQUIRED_PARTS if part not in index.parts]:
        raise UsageError(f"A pipeline must have {', '.join(REQUIRED_PARTS)}; {path} lacks {', '.join(lacking)}.")
    if unknown := sorted(index.parts.keys() - set(PARTS)):
        raise UsageError(f"A pipeline's parts must be among {', '.join(PARTS)}; {path} has {unknown[0]!r}.")
    return index


def _hint(folder: Path) -> str:
    pickles = (".pt", ".pth", ".ckpt", ".bin", ".pkl")
    names = [folder] if folder.is_file() else sorted(folder.iterdir()) if folder.is_dir() else []
    if any(name.suffix.casefold() in (*pickles, ".safetensors") for name in names):
        return " Make a pipeline of published weights with `mavin weights convert`."
    return ""


def check_files(folder: Path | str, index: PipelineIndex) -> None:
    """Makes sure that every file of the index is there and as long as it should be.

    Raises:
        UsageError: naming the first file that is not.
    """
    for name, info in index.files.items():
        path = Path(folder) / name
        if not path.is_file():
            raise UsageError(f"The pipeline {folder} must have the file {name}, and it is missing. Fetch it again.")
        if (size := path.stat().st_size) != info.size:
            raise UsageError(
                f"{path} must have {info.size:,} bytes, got {size:,}: it is cut off or another file. Fetch it again."
            )


def verify(folder: Path | str, index: PipelineIndex, progress: Callable[[int, int], None] | None = None) -> None:
    """Reads every file and compares its hash; ``progress`` is told bytes done and in all.

    Raises:
        UsageError: naming the first file that has changed.
    """
    check_files(folder, index)
    done, total = 0, sum(info.size for info in index.files.values())
    for name, info in index.files.items():
        found = _sha256(Path(folder) / name)
        if found != info.sha256:
            raise UsageError(
                f"{Path(folder) / name} must have the SHA-256 {info.sha256[:12]}…, got {found[:12]}…. Fetch it again."
            )
        done += info.size
        if progress is not None:
            progress(done, total)


def write_index(folder: Path | str, index: PipelineIndex) -> PipelineIndex:
    """Hashes what the index does not list yet, writes ``model_index.json`` and returns the whole index.

    Files that begin with a dot or end in ``.partial`` are nobody's.
    """
    folder = Path(folder)
    files = dict(index.files)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in PurePosixPath(name).parts) or name.endswith(".partial")
        if path.is_file() and not hidden and name != INDEX and name not in files:
            files[name] = FileInfo(size=path.stat().st_size, sha256=_sha256(path))
    whole = index.model_copy(update={"files": dict(sorted(files.items()))})
    with write_atomic(folder / INDEX) as temporary:
        temporary.write_text(
            json.dumps(whole.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2) + "\n",
            encoding="utf-8",
        )
    return whole


def read_config(folder: Path | str, part: str) -> dict[str, Any]:
    """``config.json`` of a part.

    Raises:
        UsageError: if it is missing or no JSON object.
    """
    return _read_json(Path(folder) / part / "config.json")


def pipelines_root() -> Path:
    """Where pulled pipelines are: ``pipelines`` in the model store."""
    from mavin.store import store_root

    return store_root() / "pipelines"


def installed_pipelines() -> tuple[str, ...]:
    """Names of the pipelines in the store."""
    return tuple(sorted(path.parent.name for path in pipelines_root().glob(f"*/{INDEX}")))


def shipped_pipeline(name: str = SHIPPED) -> Path | None:
    """The folder of a pipeline that comes with the package; ``None`` where this copy has none of that name."""
    folder = _SHIPPED_ROOT / name
    return folder if (folder / INDEX).is_file() else None


def available_pipelines() -> tuple[str, ...]:
    """Names under which :func:`locate` finds pipelines: the one that comes with the package, then the store's."""
    shipped = (SHIPPED,) if shipped_pipeline() is not None else ()
    return tuple(dict.fromkeys((*shipped, *installed_pipelines())))


def locate(name: Path | str) -> Path:
    """The folder of a pipeline: the one that comes with the package, a folder as it is, or a name in the model store.

    A folder that is called like the package's own is written ``./tiny``.

    Raises:
        UsageError: if there is neither, with the names there are.
    """
    if str(name) == SHIPPED and (shipped := shipped_pipeline()) is not None:
        return shipped
    folder = Path(name).expanduser()
    if folder.exists():
        return folder
    if len(folder.parts) == 1 and (pipelines_root() / folder / INDEX).is_file():
        return pipelines_root() / folder
    have = available_pipelines()
    known = f"Here are {', '.join(have)}." if have else "None is here; `mavin weights pull` gets one."
    if str(name) == SHIPPED:
        raise UsageError(
            f"The weights {SHIPPED} must lie in {_SHIPPED_ROOT / SHIPPED}, and this copy of mavin has none there: it "
            f"was made before they were trained. --renderer stage draws a previz without weights. {known}"
        )
    raise UsageError(f"Weights must be a pipeline's folder or the name of one, got {str(name)!r}. {known}")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MAX_JSON_BYTES:
            raise UsageError(f"{path} must be a JSON file of at most {_MAX_JSON_BYTES // 2**20} MB.")
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"The pipeline's {path} cannot be read ({error.strerror}). Fetch it again.") from None
    except ValueError as error:
        raise UsageError(f"{path} must be JSON, got something else ({error}). Fetch it again.") from None
    if not isinstance(values, dict):
        raise UsageError(f"{path} must hold a JSON object, got {type(values).__name__}.")
    return values


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
