"""Worker processes as the server uses them: asked one thing at a time, replaced when they break, ended at will."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from mavin.errors import MavinError, UsageError

__all__ = ["Worker", "WorkerBrokenError"]

_LINE_BYTES = 64 * 1024 * 1024
_END_SECONDS = 3.0


class WorkerBrokenError(MavinError):
    """The process ended before it had answered, or did not answer in time."""


class Worker:
    """One worker process (:mod:`mavin.studio.worker`), started when it is first asked.

    Args:
        megabytes: the most memory that it may ask for; 0 for no limit.
    """

    def __init__(self, megabytes: int = 0) -> None:
        self._megabytes = megabytes
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._numbers = itertools.count(1)
        self._closed = False

    async def ask(
        self,
        do: str,
        *,
        seconds: float | None = None,
        progress: Callable[[float, str], None] | None = None,
        **request: Any,
    ) -> Any:
        """The answer to a request.

        Args:
            do: what to do.
            seconds: how long that may take.
            progress: called with the part that is done, and with what is being done.
            request: the rest of the request, as JSON takes it.

        Raises:
            UsageError: if the request cannot be met, such as a file that cannot be read.
            WorkerBrokenError: if the process broke or was ended.
            MavinError: if it failed.
        """
        async with self._turn:
            if self._closed:
                raise WorkerBrokenError("The studio is closing.")
            try:
                async with asyncio.timeout(seconds):
                    return await self._asked({"id": next(self._numbers), "do": do, **request}, progress)
            except TimeoutError:
                await self._end()
                raise WorkerBrokenError(f"This took more than {seconds:g} s and was stopped.") from None
            except asyncio.CancelledError:
                await self._end()
                raise

    async def _asked(self, request: dict[str, Any], progress: Callable[[float, str], None] | None) -> Any:
        process = await self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            await process.stdin.drain()
            while line := await process.stdout.readline():
                answer = json.loads(line)
                if "progress" in answer:
                    if progress is not None:
                        progress(answer["progress"], answer["doing"])
                elif "result" in answer:
                    return answer["result"]
                elif answer["kind"] == "Exception":
                    raise MavinError(answer["error"])
                else:
                    # Its class lives in a room that the studio does not load; all that people can mend are usage.
                    raise UsageError(answer["error"])
        except (ConnectionError, ValueError):
            pass
        await self._end()
        raise WorkerBrokenError("The process that was to do this has ended without an answer.")

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            environment = dict(os.environ)
            if self._megabytes:
                environment["MAVIN_WORKER_MEGABYTES"] = str(self._megabytes)
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "mavin.studio.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=environment,
                limit=_LINE_BYTES,
            )
        return self._process

    async def close(self) -> None:
        """Ends the process for good: what waits for its turn is not begun."""
        self._closed = True
        await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(_END_SECONDS):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
