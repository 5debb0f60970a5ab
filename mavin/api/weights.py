"""Weights of the network: what there is, pulling it, making a pipeline of it, and telling what a file holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mavin.api.packages import need_torch
from mavin.errors import MavinError, UsageError
from mavin.store import (
    WEIGHT_SETS,
    WEIGHTS,
    ModelEntry,
    Progress,
    UnreachableError,
    installed,
    model_of,
    path_of,
    probe_hub,
    pull,
    remove,
    require_space,
    store_root,
    weight_set,
)

if TYPE_CHECKING:
    from generator.weights.convert import Converted
    from generator.weights.inspect import WeightsInfo

__all__ = [
    "PartStatus",
    "PullPlan",
    "SetStatus",
    "ShippedStatus",
    "WeightsList",
    "convert_weights",
    "info_report",
    "list_report",
    "list_weights",
    "plan_pull",
    "plan_report",
    "pull_weights",
    "remove_weights",
    "weights_info",
]

ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class PartStatus:
    """One part of public weights.

    Attributes:
        name: of the part.
        purpose: what it is for.
        repo: where the hub has it, or the package that carries it.
        licence: SPDX name.
        terms: what the licence keeps a person from, empty for nothing.
        size: bytes, or ``None`` while unknown.
        exact: whether the size is that of the files, or a rough one.
        path: where it is in the store, or ``None``.
    """

    name: str
    purpose: str
    repo: str
    licence: str
    terms: str
    size: int | None
    exact: bool
    path: Path | None


@dataclass(frozen=True, slots=True)
class SetStatus:
    """A set of parts that makes a pipeline; ``path`` is its folder once it is made."""

    name: str
    purpose: str
    parts: tuple[str, ...]
    size: int
    path: Path | None


@dataclass(frozen=True, slots=True)
class ShippedStatus:
    """The pipeline that comes with the package.

    Attributes:
        name: of it.
        purpose: what it is for.
        licences: of its parts.
        size: bytes, 0 where it is not there.
        path: its folder, ``None`` where this copy of the package comes without.
    """

    name: str
    purpose: str
    licences: tuple[str, ...]
    size: int
    path: Path | None


@dataclass(frozen=True, slots=True)
class WeightsList:
    """What there is and what is here.

    Attributes:
        store: where what is pulled lies.
        shipped: the pipeline that comes with the package.
        sets: of public weights.
        parts: of these sets.
        pipelines: names of all in the store.
    """

    store: Path
    shipped: ShippedStatus
    sets: tuple[SetStatus, ...]
    parts: tuple[PartStatus, ...]
    pipelines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PullPlan:
    """What a pull would do.

    Attributes:
        name: of the set or part.
        parts: all of its parts.
        missing: bytes still to be fetched.
        exact: whether the hub has told them.
        convert: bytes that making the pipeline takes besides, 0 where none is made.
        pipeline: folder of the pipeline to make, ``None`` for a part or where it is there already.
    """

    name: str
    parts: tuple[PartStatus, ...]
    missing: int
    exact: bool
    convert: int
    pipeline: Path | None


def list_weights() -> WeightsList:
    """Every set and part of public weights, and what of it is in the store."""
    from generator.layout import installed_pipelines, pipelines_root

    made = installed_pipelines()
    sets = tuple(
        SetStatus(
            one.name,
            one.purpose,
            tuple(one.parts.values()),
            sum(_size(entry) for entry in one.entries),
            pipelines_root() / one.name if one.name in made else None,
        )
        for one in WEIGHT_SETS.values()
    )
    return WeightsList(store_root(), _shipped(), sets, tuple(_status(entry) for entry in WEIGHTS.values()), made)


def _shipped() -> ShippedStatus:
    from generator.layout import SHIPPED, read_index, shipped_pipeline

    folder = shipped_pipeline()
    index = None if folder is None else read_index(folder)
    size = 0 if index is None else sum(file.size for file in index.files.values())
    licences = () if index is None else index.licences
    return ShippedStatus(SHIPPED, "small drawn films on a processor, comes with mavin", licences, size, folder)


def plan_pull(name: str, *, convert: bool = True) -> PullPlan:
    """What pulling a set or a part would fetch; asks the hub for sizes, which takes seconds or fails.

    Args:
        name: of a set or part.
        convert: whether a pipeline is to be made of a set.

    Raises:
        UsageError: if there is no such set or part.
        StoreError: if the hub cannot be reached, or the disk has too little room.
    """
    from generator.layout import INDEX, pipelines_root

    _not_shipped(name, "there is nothing to pull")
    chosen = weight_set(name)
    try:
        parts = tuple(_status(entry, ask=True) for entry in chosen.entries)
    except UnreachableError as error:
        wanting = [entry for entry in chosen.entries if path_of(entry.name) is None and entry.repo]
        files = "; ".join(f"{entry.repo}: {', '.join(file.name for file in entry.files)}" for entry in wanting)
        raise UnreachableError(
            f"{name} cannot be pulled: {error}. Check the network and pull again, or fetch the files elsewhere "
            f"({files}), put them into one folder and run `mavin weights convert FOLDER DEST`."
        ) from None
    missing = sum(part.size or 0 for part in parts if part.path is None)
    folder = pipelines_root() / name
    wanted = convert and name in WEIGHT_SETS and not (folder / INDEX).is_file()
    # The backbone's file serves as it is; the other parts are written anew, under our names.
    extra = sum(part.size or 0 for part in parts if part.name != chosen.parts.get("backbone")) if wanted else 0
    root = store_root()
    if missing or extra:
        root.mkdir(parents=True, exist_ok=True)
        require_space(root, missing + extra, name)
    return PullPlan(name, parts, missing, all(part.exact for part in parts), extra, folder if wanted else None)


def pull_weights(plan: PullPlan, progress: ProgressCallback | None = None) -> tuple[Path, ...]:
    """Fetches what a plan lacks, verified by hash, and makes its pipeline; a second call goes on where one stopped.

    Returns:
        The pipeline's folder, or where the part is.

    Raises:
        StoreError: if no source works, a hash is wrong, or the disk is full or not writable.
        UsageError: if the files are not what their names promise.
    """
    if plan.pipeline is not None:
        need_torch()  # before gigabytes are fetched for it
    report = progress or (lambda _: None)
    total = sum(part.size or 0 for part in plan.parts)
    done = 0
    paths = []
    for number, part in enumerate(plan.parts, 1):

        def tell(state: Progress, at: int = done, which: str = f"{part.name} ({number} of {len(plan.parts)})") -> None:
            report(Progress(at + state.done, total, f"{which} {state.note}"))

        paths.append(pull(part.name, tell))
        done += part.size or 0
    if plan.pipeline is None:
        return tuple(paths)
    made = convert_weights(plan.name, plan.pipeline, progress=progress)
    return (made.folder,)


def convert_weights(
    source: str | Path,
    dest: str | Path,
    *,
    name: str | None = None,
    backbone: str | Path | None = None,
    timbre: str | None = None,
    dtype: str | None = None,
    configs: Mapping[str, Any] | None = None,
    force: bool = False,
    progress: ProgressCallback | None = None,
) -> Converted:
    """Makes a pipeline's folder of public files.

    Args:
        source: name of a pulled set, or a folder that holds the files under their public names, at any depth.
        dest: the folder to make; an interrupted conversion into it goes on.
        name: what the pipeline is called; the set's or folder's name if left out.
        backbone: which of several backbones in the folder.
        timbre: also take in this voice encoder, ``facodec`` or ``ge2e``.
        dtype: ``bfloat16``, ``float16`` or ``float32`` for the backbone and text encoder; as they are if left out.
        configs: configuration of parts that have another size than the public ones, by part.
        force: replace a pipeline that is there.
        progress: called with bytes written.

    Raises:
        UsageError: if files are missing, damaged, hold code, or do not fit, with what must hold.
    """
    need_torch()
    from generator.weights.convert import convert
    from generator.weights.files import folder_files, set_files

    say = _reporter(progress)
    if not Path(source).exists() and str(source) in WEIGHT_SETS:
        chosen = WEIGHT_SETS[str(source)]
        names = [*chosen.parts.values(), *([timbre] if timbre else [])]
        models = {each: model_of(each) for each in names}
        if lacking := [each for each, model in models.items() if model is None]:
            wanted = timbre if lacking == [timbre] else chosen.name
            raise UsageError(
                f"{chosen.name} must be pulled before it is converted, and {', '.join(lacking)} is not here. "
                f"Run `mavin weights pull {wanted}`."
            )
        files = set_files(model for model in models.values() if model is not None)
        name = name or chosen.name
    else:
        files = folder_files(source, backbone=backbone, timbre=timbre)
    dest = Path(dest).expanduser()
    return convert(files, dest, name=name, dtype=dtype, configs=configs, force=force, progress=say)


def weights_info(target: str | Path, *, verify: bool = False, progress: ProgressCallback | None = None) -> WeightsInfo:
    """What a pipeline's folder, a file of weights, or a name in the store holds; nothing is loaded.

    Args:
        target: a folder, a file, or the name of a pulled pipeline or part.
        verify: also read every byte and compare its hash.
        progress: called with bytes read.

    Raises:
        UsageError: if there is no such thing, or it is damaged or holds code.
    """
    need_torch()
    from generator.layout import SHIPPED, locate, pipelines_root
    from generator.weights.inspect import inspect

    path, say = Path(target).expanduser(), _reporter(progress)
    if str(target) == SHIPPED:
        path = locate(target)
    if not path.exists() and (entry := WEIGHTS.get(str(target))):
        model = model_of(entry.name)
        if model is None:
            raise UsageError(f"{target} is not here. Run `mavin weights pull {target}`.")
        hashes = {file.name: file.sha256 for file in model.files if file.sha256}
        source = f"{entry.repo}@{model.commit}" if model.commit else entry.origin
        return inspect(model.path, verify=verify, hashes=hashes, licence=entry.licence, source=source, progress=say)
    if not path.exists() and path.parts and (made := pipelines_root() / str(target)).is_dir():
        path = made
    return inspect(path, verify=verify, progress=say)


def remove_weights(name: str) -> int:
    """Removes a pipeline from the store, and those of its parts that no other pipeline there was made of.

    Returns:
        Bytes freed.

    Raises:
        UsageError: if nothing of that name is here.
    """
    from generator.layout import installed_pipelines, pipelines_root

    folder = pipelines_root() / name
    if not folder.is_dir():
        _not_shipped(name, "it goes with the package")
    if name in WEIGHT_SETS:
        others = [WEIGHT_SETS[other] for other in installed_pipelines() if other != name and other in WEIGHT_SETS]
        mine = set(WEIGHT_SETS[name].parts.values()) - {part for other in others for part in other.parts.values()}
    else:
        mine = {name} & WEIGHTS.keys()
    gone = sorted(mine & {model.name for model in installed()})
    if not folder.is_dir() and not gone:
        raise UsageError(f"{name} is not in the store {store_root()}; `mavin weights list` shows what is.")
    freed = 0
    if folder.is_dir():
        # A file with a second name is freed with the part that has it too.
        stats = [path.stat() for path in folder.rglob("*") if path.is_file()]
        freed += sum(stat.st_size for stat in stats if stat.st_nlink == 1)
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise MavinError(f"{folder} cannot be removed: {error.strerror or error}.") from error
    return freed + sum(remove(part) for part in gone)


def _not_shipped(name: str, so: str) -> None:
    from generator.layout import SHIPPED

    if name == SHIPPED:
        raise UsageError(f"The weights {name} come with mavin: {so}. `mavin weights list` shows whether they are here.")


def list_report(found: WeightsList) -> dict[str, Any]:
    """The list as the object that ``mavin weights list --json`` prints."""
    return dict(_plain(asdict(found)))


def plan_report(plan: PullPlan) -> dict[str, Any]:
    """A plan as an object for machines."""
    return dict(_plain(asdict(plan)))


def info_report(info: WeightsInfo) -> dict[str, Any]:
    """What weights are, as the object that ``mavin weights info --json`` prints."""
    return dict(_plain(asdict(info))) | {"parameters": info.parameters}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Path) else value


def _reporter(progress: ProgressCallback | None) -> Callable[[int, int, str], None] | None:
    return None if progress is None else lambda done, total, note: progress(Progress(done, total or None, note))


def _size(entry: ModelEntry) -> int:
    return entry.size or entry.about or 0


def _status(entry: ModelEntry, *, ask: bool = False) -> PartStatus:
    model = model_of(entry.name)
    path = None if model is None else model.path
    size = entry.size
    if model is not None:
        size = model.size
    elif ask and entry.repo:
        size = sum(one.file.size or 0 for one in probe_hub(entry)) or None
    return PartStatus(
        entry.name, entry.purpose, entry.origin, entry.licence, entry.terms, size or entry.about, size is not None, path
    )
