"""Functions that the tests of run_bounded send into a child process."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from typing import Any

from perdure.core.kernel.bounded import Task
from perdure.core.kernel.errors import PerdureError


def length(payload: bytes, task: Task) -> dict[str, Any]:
    return {"length": len(payload), "sent": sorted(task.files), "secret": os.environ.get("PERDURE_SECRET")}


def attach_and_report(payload: dict[str, Any], task: Task) -> str:
    task.report("half way")
    task.attach(payload["name"], b"\x00picture")
    return "done"


def refuse(payload: dict[str, Any], task: Task) -> None:
    raise PerdureError("This is not it.", "Send another.", code="test.refused")


def eat_memory(payload: dict[str, Any], task: Task) -> int:
    return len(bytearray(payload["megabytes"] * 2**20))


def sleep_with_a_grandchild(payload: dict[str, Any], task: Task) -> None:
    grandchild = subprocess.Popen(["sleep", "30"])
    task.report(str(grandchild.pid))
    time.sleep(30)


def spin(payload: dict[str, Any], task: Task) -> None:
    while True:
        pass


def die(payload: dict[str, Any], task: Task) -> None:
    os.abort()


def write_much(payload: dict[str, Any], task: Task) -> None:
    task.attach("much", b"0" * (payload["megabytes"] * 2**20))


def core_limit(payload: dict[str, Any], task: Task) -> int:
    return resource.getrlimit(resource.RLIMIT_CORE)[1]
