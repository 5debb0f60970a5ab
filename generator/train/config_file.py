"""Reading a training configuration: a YAML file, or one that comes with the package, and changes on top of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from generator.train.config import TrainConfig
from mavin.errors import UsageError

__all__ = ["read_config", "shipped_configs"]

_SHIPPED: Final = Path(__file__).parent / "configs"


def shipped_configs() -> tuple[str, ...]:
    """Names of the configurations that come with the package."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.yaml")))


def read_config(source: Path | str, changes: Sequence[str] = ()) -> TrainConfig:
    """A configuration from a YAML file or by the name of a shipped one.

    Args:
        source: file or name.
        changes: values to set, ``section.key=value`` with the value in YAML, such as ``dropout.caption=0.2``.

    Raises:
        UsageError: if there is none, it is no YAML, or a value is unusable, with its place.
    """
    path = _located(source)
    values = _yaml(path)
    for change in changes:
        _set(values, change)
    try:
        return TrainConfig.model_validate(values)
    except ValidationError as error:
        problems = [_problem(one) for one in error.errors(include_url=False) if one["type"] != "too_short"] or ["?"]
        raise UsageError(f"{path} must be a training configuration; " + "; ".join(problems[:5]) + ".") from None


def _located(source: Path | str) -> Path:
    path = Path(source).expanduser()
    if path.is_file():
        return path
    shipped = _SHIPPED / f"{source}.yaml"
    if len(path.parts) == 1 and shipped.is_file():
        return shipped
    raise UsageError(
        f"A training configuration must be a YAML file or one of {', '.join(shipped_configs())}, got {str(source)!r}."
    )


def _problem(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"] if part not in {"shards", "world"})
    if error["type"] == "extra_forbidden":
        return f"{place}: there is no such key"
    got = error.get("input")
    shown = f", got {got!r}" if isinstance(got, (str, int, float)) else ""
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{place}: {message}{shown}" if place else message


def _yaml(path: Path) -> dict[str, Any]:
    import yaml

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        """Refuses a key that is there twice, of which YAML would keep the last without a word."""

    def mapping(loader: Any, node: Any) -> dict[Any, Any]:
        keys: list[Any] = []
        for key, _ in node.value:
            keys.append(loader.construct_object(key))
            if keys[-1] in keys[:-1]:
                raise yaml.constructor.ConstructorError(None, None, f"{keys[-1]!r} is there twice", key.start_mark)
        found: dict[Any, Any] = loader.construct_mapping(node, deep=True)
        return found

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506  (a SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"{path} must be YAML that can be read ({reason}).") from None
    if not isinstance(found, dict):
        raise UsageError(f"{path} must hold the sections of a training configuration, got {type(found).__name__}.")
    return found


def _set(values: dict[str, Any], change: str) -> None:
    import yaml

    name, sign, text = change.partition("=")
    keys = name.strip().split(".")
    if not sign or not all(keys):
        raise UsageError(f"A change must be KEY=VALUE such as dropout.caption=0.2, got {change!r}.")
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UsageError(f"The value of {name} must be YAML, got {text!r} ({' '.join(str(error).split())}).") from None
    place: Any = values
    for key in keys[:-1]:
        place = _at(place, key, change) if not isinstance(place, dict) else place.setdefault(key, {})
    if isinstance(place, dict):
        place[keys[-1]] = value
    else:
        place[_index(place, keys[-1], change)] = value


def _at(place: Any, key: str, change: str) -> Any:
    return place[_index(place, key, change)]


def _index(place: Any, key: str, change: str) -> int:
    if not isinstance(place, list) or not key.isdigit() or int(key) >= len(place):
        raise UsageError(f"{change!r} must name a key that the configuration can have; {key!r} is none.")
    return int(key)
