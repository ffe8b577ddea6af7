"""Run one function of ours in a child process that cannot outgrow its limits.

A hostile file may crash a C library, eat memory or never end. Whatever opens such a
file does it here: in a fresh interpreter with limits on memory, processor time, file
size and open files, in a folder of its own, killed as a group when its time is over.
Only JSON and named files come back; nothing is ever unpickled.

    outcome = run_bounded("perdure.core.digitise.child:read", pdf_bytes, memory_mb=1024, seconds=60)
    outcome.value      # what the function returned, through JSON
    outcome.files      # name -> bytes that the function wrote with task.attach()

The function is called as ``function(payload, task)``; see Task. A PerdureError raised
inside comes out again with its own class, words and code.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perdure.core.kernel.errors import PerdureError

_BOOT = (
    "import json,sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from perdure.core.kernel.bounded import _child; _child(sys.argv[2], json.loads(sys.argv[3]))"
)
_EVERY = 0.2  # seconds between looks at the clock and at `cancelled`
_AT_MOST = 1.0  # seconds to wait for killed processes to be gone


class BoundExceeded(PerdureError):
    """The child was stopped at a limit, was cancelled, or broke down.

    Codes: kernel.out-of-time, kernel.out-of-memory, kernel.cancelled, kernel.broke-down.
    detail holds the child's last words for a log; never shown to a person.
    """

    code = "kernel.broke-down"

    def __init__(self, what: str, next_step: str = "", *, code: str | None = None, detail: str = "") -> None:
        super().__init__(what, next_step, code=code)
        self.detail = detail


@dataclass(frozen=True)
class Outcome:
    """What came back: value is plain JSON, files the attachments by name."""

    value: Any
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """What the function in the child may do beside its work.

    files   what the caller sent along, by name
    """

    folder: Path
    files: Mapping[str, bytes]
    _progress: int

    def attach(self, name: str, content: bytes) -> None:
        """Hand a file back. The name is a plain file name."""
        if Path(name).name != name or name in {"", ".", ".."}:
            raise ValueError(f"not a plain file name: {name!r}")
        (self.folder / "out" / name).write_bytes(content)

    def report(self, line: str) -> None:
        """Say how far the work is; reaches the caller's progress function."""
        with contextlib.suppress(OSError):
            os.write(self._progress, line.replace("\n", " ").encode()[:4000] + b"\n")


def run_bounded(
    function: str,
    payload: bytes | dict[str, Any],
    *,
    memory_mb: int = 1024,
    seconds: float = 60.0,
    files: Mapping[str, bytes] | None = None,
    max_file_mb: int = 256,
    progress: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Run ``"module:name"`` in a child within memory_mb of address space and seconds of wall time.

    files      sent along; the function finds them in task.files
    progress   called with each line the function reports, on the caller's thread
    cancelled  asked five times a second; when it says True the child is killed

    Raises BoundExceeded, or the PerdureError the function itself raised.
    """
    with tempfile.TemporaryDirectory(prefix="perdure-") as name:
        folder = Path(name)
        _write_inputs(folder, payload, files or {})
        limits = {"memory_mb": memory_mb, "seconds": seconds, "max_file_mb": max_file_mb}
        reason = _supervise(folder, function, limits, progress, cancelled)
        return _collect(folder, reason, limits)


def _write_inputs(folder: Path, payload: bytes | dict[str, Any], files: Mapping[str, bytes]) -> None:
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    if isinstance(payload, bytes):
        (folder / "payload.bin").write_bytes(payload)
    else:
        (folder / "payload.json").write_text(json.dumps(payload))
    for name, content in files.items():
        if Path(name).name != name:
            raise ValueError(f"not a plain file name: {name!r}")
        (folder / "in" / name).write_bytes(content)


def _supervise(
    folder: Path,
    function: str,
    limits: dict[str, Any],
    progress: Callable[[str], None] | None,
    cancelled: Callable[[], bool] | None,
) -> str:
    """Start the child and wait. Returns why it ended: "", "time", "cancelled" or "signal N"."""
    read_end, write_end = os.pipe()
    order = json.dumps({"function": function, "progress": write_end, **limits})
    with (folder / "words.txt").open("wb") as words:
        child = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _BOOT, json.dumps(sys.path), str(folder), order],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            cwd=folder,
            env=_environment(folder),
            pass_fds=(write_end,),
            start_new_session=True,
        )
    os.close(write_end)
    try:
        reason = _watch(child, read_end, time.monotonic() + limits["seconds"], progress, cancelled)
    finally:
        _end(child)
        os.close(read_end)
    if reason:
        return reason
    return f"signal {-child.returncode}" if child.returncode < 0 else ""


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child with all it started, and wait until none of them is left running.

    A killed process needs a moment to go. A grandchild is not ours to collect: where nobody
    collects it its name stays behind in the group, so that wait is bounded.
    """
    until = time.monotonic() + _AT_MOST
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        while time.monotonic() < until:
            os.killpg(child.pid, 0)
            time.sleep(0.005)
    child.wait()


def _watch(
    child: subprocess.Popen[bytes],
    read_end: int,
    deadline: float,
    progress: Callable[[str], None] | None,
    cancelled: Callable[[], bool] | None,
) -> str:
    """Pass on progress until the child closes the pipe, the time is over or the caller cancels."""
    kept = b""
    with selectors.DefaultSelector() as selector:
        selector.register(read_end, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                return "time"
            if cancelled is not None and cancelled():
                return "cancelled"
            if not selector.select(min(left, _EVERY)):
                continue
            chunk = os.read(read_end, 65536)
            if not chunk:
                break
            *lines, kept = (kept + chunk).split(b"\n")
            for line in lines if progress is not None else ():
                progress(line.decode(errors="replace"))  # type: ignore[misc]
    try:
        child.wait(timeout=max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return "time"
    return ""


def _environment(folder: Path) -> dict[str, str]:
    """No secrets of ours reach the child, and its libraries use one thread each."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    single = dict.fromkeys(threads, "1")
    return {**kept, **single, "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)}


def _collect(folder: Path, reason: str, limits: dict[str, Any]) -> Outcome:
    if reason == "cancelled":
        raise BoundExceeded("The work was stopped before it was done.", code="kernel.cancelled")
    if reason in {"time", f"signal {int(signal.SIGXCPU)}"}:
        raise BoundExceeded(
            f"The work took longer than {limits['seconds']:g} seconds and was stopped.",
            "Try a smaller file, or split it.",
            code="kernel.out-of-time",
        )
    answer = _answer(folder)
    if "value" in answer:
        files = {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}
        return Outcome(answer["value"], files)
    if "refused" in answer:
        raise _same_refusal(answer["refused"])
    detail = answer.get("broke", "") or _last_words(folder, reason)
    if answer.get("memory") or "bad_alloc" in detail or "MemoryError" in detail:
        raise BoundExceeded(
            f"The work needed more than {limits['memory_mb']} MB of memory and was stopped.",
            "Try a smaller file, or split it.",
            code="kernel.out-of-memory",
            detail=detail,
        )
    raise BoundExceeded(
        "The work broke down part way, so there is no result.",
        "Try the file again; if it fails again, use another copy of it.",
        detail=detail,
    )


def _answer(folder: Path) -> dict[str, Any]:
    try:
        answer = json.loads((folder / "answer.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _last_words(folder: Path, reason: str) -> str:
    words = (folder / "words.txt").read_bytes()[-4000:].decode(errors="replace")
    return f"{reason} {words}".strip()


def _same_refusal(told: dict[str, str]) -> PerdureError:
    """The refusal raised in the child, as the same class where that is one of ours."""
    kind: Any = PerdureError
    if told["module"].startswith("perdure."):
        found = getattr(importlib.import_module(told["module"]), told["name"], None)
        if isinstance(found, type) and issubclass(found, PerdureError):
            kind = found
    refusal: PerdureError = kind(told["what"], told["next_step"], code=told["code"])
    return refusal


# ---- in the child


def _child(folder_name: str, order: dict[str, Any]) -> None:
    folder = Path(folder_name)
    _limit(order["memory_mb"], order["seconds"], order["max_file_mb"])
    try:
        answer = {"value": _call(folder, order)}
        content = json.dumps(answer)
    except PerdureError as refusal:
        told = {"what": refusal.what, "next_step": refusal.next_step, "code": refusal.code}
        kind = type(refusal)
        content = json.dumps({"refused": {**told, "module": kind.__module__, "name": kind.__name__}})
    except MemoryError:
        content = json.dumps({"memory": True})
    except Exception:
        import traceback

        content = json.dumps({"broke": traceback.format_exc()[-4000:]})
    # Written whole under another name first: a child killed half way leaves no half answer.
    (folder / "answer.part").write_text(content)
    (folder / "answer.part").replace(folder / "answer.json")
    sys.stdout.flush()
    os._exit(0)  # destructors of C libraries have nothing left to save, and sometimes crash


def _limit(memory_mb: int, seconds: float, max_file_mb: int) -> None:
    import resource

    processor = max(1, int(seconds) + 1)
    wanted = {
        resource.RLIMIT_AS: memory_mb * 2**20,
        resource.RLIMIT_CPU: processor,
        resource.RLIMIT_FSIZE: max_file_mb * 2**20,
        resource.RLIMIT_NOFILE: 128,
        resource.RLIMIT_CORE: 0,
    }
    for which, value in wanted.items():
        _, ceiling = resource.getrlimit(which)
        most = value if ceiling == resource.RLIM_INFINITY else min(value, ceiling)
        resource.setrlimit(which, (most, most))


def _call(folder: Path, order: dict[str, Any]) -> Any:
    module, _, name = order["function"].partition(":")
    function = getattr(importlib.import_module(module), name)
    told = folder / "payload.json"
    payload = json.loads(told.read_bytes()) if told.exists() else (folder / "payload.bin").read_bytes()
    sent = {path.name: path.read_bytes() for path in sorted((folder / "in").iterdir())}
    return function(payload, Task(folder, sent, order["progress"]))
