"""Read beginnings kept on disk: what every run says first is read by the model once per machine, not once per run.

The static beginning of all prompts is some 750 tokens, 10 to 20 s of prefill on two cores.  llama.cpp can
write the state of its slot (about 21 MB) and read it back in 10 ms.  This is only ever a cache: whatever goes
wrong, the beginning is read again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import urllib.request
from pathlib import Path
from typing import Any

__all__ = ["PrefixFiles"]

_KEPT = 6
"""How many beginnings stay on disk; another version of the prompts or the model makes another one."""

_SECONDS = 10.0


class PrefixFiles:
    """The files of one loaded model.

    Args:
        folder: where they lie; made if it can be.
        identity: what the state depends on besides the messages: model, library, threads.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        self._folder = folder
        self._identity = identity
        self._server = ""
        self._key = ""
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def usable(self) -> bool:
        """Whether the folder can be written."""
        return os.access(self._folder, os.W_OK)

    @property
    def path(self) -> str:
        """The folder as llama.cpp wants it, with a slash behind."""
        return f"{self._folder}/"

    def open(self, address: str, key: str) -> None:
        """Tells where the model's own loopback server listens, and the key that only this process has."""
        self._server = address if address.startswith("http") else f"http://{address}"
        self._key = key

    def restore(self, beginning: str) -> bool:
        """Puts a kept beginning into the slot; ``False`` if there is none that can be used."""
        name = self._name(beginning)
        path = self._folder / name
        if not path.is_file():
            return False
        if self._act("restore", name) is None:
            path.unlink(missing_ok=True)  # damaged, or of another build
            return False
        with contextlib.suppress(OSError):
            os.utime(path)
        return True

    def save(self, beginning: str) -> None:
        """Keeps what the slot holds now under this beginning's name, and forgets the oldest ones."""
        name = self._name(beginning)
        draft = f"{name}.{os.getpid()}.partial"
        try:
            if self._act("save", draft) is not None:
                (self._folder / draft).replace(self._folder / name)
            for old in sorted(self._folder.glob("*.slot"), key=lambda path: -path.stat().st_mtime)[_KEPT:]:
                old.unlink(missing_ok=True)
        except OSError:
            pass
        finally:
            with contextlib.suppress(OSError):
                (self._folder / draft).unlink(missing_ok=True)

    def _name(self, beginning: str) -> str:
        return hashlib.sha256(f"{self._identity}/{beginning}".encode()).hexdigest()[:32] + ".slot"

    def _act(self, action: str, name: str) -> dict[str, Any] | None:
        """One request to the slot; ``None`` if it was refused."""
        request = urllib.request.Request(  # noqa: S310 - the model's own server on loopback
            f"{self._server}/slots/0?action={action}",
            data=json.dumps({"filename": name}).encode(),
            headers={"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"},
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=_SECONDS) as response:
                answer = json.loads(response.read())
        except (OSError, ValueError):
            return None
        return answer if isinstance(answer, dict) and "error" not in answer else None
