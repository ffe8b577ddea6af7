"""A catalogue of forms on a cluster: `perdure digitise FOLDER --out DIR --spark MASTER`.

Each form is one task; the folders must lie on storage that every worker sees under the same path.
A worker does exactly what one machine would do, so the files are the same. Needs perdure[spark] and Java 17.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from perdure.cli.folder import Row, Work, digitise_one, in_words
from perdure.cli.refusals import CommandError


def run_on_spark(works: list[Work], master: str, say: Callable[[str], None]) -> list[Row]:
    """Work through the forms on a Spark cluster; rows in the order of the files.

    master  a Spark master URL: local[2], spark://host:7077, yarn
    Raises CommandError when PySpark is not installed or the cluster cannot be reached.
    """
    session = _session(master)
    try:
        tasks = session.sparkContext.parallelize([asdict(work) for work in works], len(works))
        rows = []
        for number, told in enumerate(tasks.map(_one).toLocalIterator(prefetchPartitions=True), start=1):
            row = Row(**told)
            say(f"{number} of {len(works)}  {row.file}: {in_words(row)}")
            rows.append(row)
        return sorted(rows, key=lambda row: row.file)
    finally:
        session.stop()


def _one(told: dict[str, str]) -> dict[str, Any]:
    return asdict(digitise_one(Work(**told)))


def _session(master: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as problem:
        raise CommandError(
            "Spark is not installed here.", "Install perdure[spark], with Java 17.", code="cli.no-spark"
        ) from problem
    # A cluster's operator says with PYSPARK_PYTHON which Python has Perdure; on this machine it is this one.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("perdure digitise")
    try:
        session = builder.config("spark.ui.enabled", "false").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
    except Exception as problem:  # PySpark raises its own, Py4J's and plain RuntimeErrors here
        raise CommandError(
            f"Spark did not start on {master}.",
            "Check the address of the cluster, and that Java 17 is installed.",
            code="cli.no-spark",
        ) from problem
    return session
