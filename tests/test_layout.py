"""The house stands as the design says: whose names these are, which rooms, what each of them offers."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("evaluators", "generator", "mavin", "prompts", "scripting")
BESIDE_THE_ROOMS = ("benchmarks", "docs", "examples", "tests")


def sources() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_the_name_of_a_room_is_ours(room: str) -> None:
    # Before anything is imported: another distribution of the same name would be imported in our place.
    owners = set(packages_distributions().get(room, ()))
    assert owners <= {"mavin"}, f"{room} must belong to mavin alone, got {sorted(owners)}: uninstall the other one"
    spec = find_spec(room)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).parent == ROOT / room, f"{room} is imported from {spec.origin}"


def test_mavin_is_installed_from_this_checkout() -> None:
    assert "mavin" in packages_distributions()["mavin"]


def test_there_are_these_rooms_and_no_stray_modules() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == set(ROOMS)
    assert [path.name for path in ROOT.glob("*.py")] == []
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = settings["tool"]["setuptools"]["packages"]["find"]["include"]
    assert sorted(name.rstrip("*") for name in found) == sorted(ROOMS)
    assert sorted(settings["tool"]["importlinter"]["root_packages"]) == sorted(ROOMS)


def test_every_folder_of_sources_is_a_package() -> None:
    folders = {path.parent for path in sources()}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_typed(room: str) -> None:
    assert (ROOT / room / "py.typed").is_file()


def test_every_module_says_what_it_is() -> None:
    def docstring(path: Path) -> str:
        return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""

    silent = [str(path.relative_to(ROOT)) for path in sources() if len(docstring(path).split()) < 3]
    assert silent == []


def packages() -> list[str]:
    """Every package of every room, found without importing any of them."""
    return sorted(".".join(path.parent.relative_to(ROOT).parts) for path in sources() if path.name == "__init__.py")


@pytest.mark.parametrize("name", packages())
def test_the_public_surface_is_sorted_and_real(name: str) -> None:
    package = importlib.import_module(name)
    surface: list[str] = list(getattr(package, "__all__", []))
    assert len(surface) == len(set(surface))
    # Constants, classes, then the rest: the order in which ruff keeps `__all__` (RUF022).
    assert surface == sorted(surface, key=lambda item: (not item.isupper(), not item[:1].isupper(), item))
    missing = [item for item in surface if not hasattr(package, item)]
    assert missing == []


def test_what_mavin_offers_is_listed_by_dir() -> None:
    import mavin

    assert set(getattr(mavin, "__all__", ())) <= set(dir(mavin))


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_can_be_imported(room: str) -> None:
    package = importlib.import_module(room)
    for module in pkgutil.walk_packages(package.__path__, f"{room}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_imports_are_absolute() -> None:
    relative = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_nothing_in_the_product_unpickles() -> None:
    # Weights are safetensors or GGUF; a pickle runs code of whoever wrote it.
    unsafe = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        if name.split(".")[0] in {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
    ]
    assert unsafe == []
    trusting = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"torch.load", "np.load", "numpy.load"}
        and not {"weights_only=True", "allow_pickle=False"} & {ast.unparse(word) for word in node.keywords}
    ]
    assert trusting == []


@pytest.mark.parametrize(
    "name",
    [
        ".ci/run",
        ".editorconfig",
        ".pre-commit-config.yaml",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "constraints.txt",
        "docs/caption.schema.json",
        "docs/quickstart.md",
    ],
)
def test_the_papers_of_the_house_are_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 0


def test_the_tests_mirror_the_rooms() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.glob("**/test_*.py"))}
    assert folders <= {*ROOMS, "benchmarks", "browser", "vllm"}


def test_torch_and_language_models_stay_out_of_importing_mavin() -> None:
    heavy = ["torch", "transformers", "langgraph", "langchain_core", "xllamacpp", "av", "PIL", "numpy"]
    code = f"import sys, mavin, mavin.cli.main; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
