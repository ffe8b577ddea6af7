"""scripts/forms_report.py: what it counts agrees with the scorer, and a run that was stopped goes on."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "src" / "perdure" / "examples" / "home-adaptation-grant.pdf"


def report(folder: Path, scorer: Path) -> str:
    script = str(ROOT / "scripts" / "forms_report.py")
    asked = ["--forms", str(folder), "--scorer", str(scorer), "--kept", str(folder / "kept")]
    return subprocess.run([sys.executable, script, *asked], capture_output=True, text=True, check=True).stdout


def without_seconds(text: str) -> str:
    return re.sub(r"\| [\d.]+ \|$", "|", text, flags=re.MULTILINE)


@pytest.mark.proof
def test_the_report_agrees_with_the_scorer_and_is_the_same_from_what_was_kept(shared, tmp_path):
    shutil.copy(EXAMPLE, tmp_path)
    (tmp_path / "manifest.json").write_text(
        json.dumps({"forms": [{"file": EXAMPLE.name, "agency": "Our own"}]}), encoding="utf-8"
    )
    scorer = shared / "forms" / "score.py"
    first = report(tmp_path, scorer)
    found = json.loads((tmp_path / "kept" / "found" / f"{EXAMPLE.stem}.json").read_text())["fields"]
    (true,) = re.findall(r"^\| true \| (\d+) \|", first, flags=re.MULTILINE)
    (right,) = re.findall(r"^\| found \| (\d+) \|", first, flags=re.MULTILINE)
    (told,) = re.findall(r"^\| Our own \| 1 \| \d+ \| ([\d.]+) \|", first, flags=re.MULTILINE)
    assert len(found) > 0.8 * int(true)
    assert float(told) == round(2 * int(right) / (int(true) + len(found)), 3)
    assert (tmp_path / "kept" / f"print {EXAMPLE.stem}.pickle").exists()
    assert without_seconds(report(tmp_path, scorer)) == without_seconds(first)
