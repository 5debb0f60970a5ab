"""Small public weights, ready to be converted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from torch import Tensor

from tests.generator.weights.public import Public, make_configs, make_states, write_public


@pytest.fixture(scope="session")
def states() -> dict[str, dict[str, Tensor]]:
    """Tensors by the public name of their file."""
    return make_states()


@pytest.fixture(scope="session")
def configs() -> dict[str, Any]:
    """Configurations of the small parts."""
    return make_configs()


@pytest.fixture
def public(tmp_path: Path, states: dict[str, dict[str, Tensor]], configs: dict[str, Any]) -> Public:
    """A folder of public files in small, laid out as Ovi's own programs keep them."""
    folder = tmp_path / "ckpts"
    write_public(folder, states)
    return Public(folder, configs, states)


@pytest.fixture
def convert_here(public: Public, tmp_path: Path) -> Callable[..., Any]:
    """Converts the small public files into ``tmp_path / "pipeline"``."""
    from generator.weights.convert import convert
    from generator.weights.files import folder_files

    def call(**options: Any) -> Any:
        timbre = options.pop("timbre", None)
        dest = options.pop("dest", tmp_path / "pipeline")
        configs = public.configs | options.pop("configs", {})
        return convert(folder_files(public.folder, timbre=timbre), dest, configs=configs, **options)

    return call
