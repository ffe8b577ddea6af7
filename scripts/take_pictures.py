"""Take the pictures of the manual from the running product: `.venv/bin/python -m scripts.take_pictures`.

Opens the demo in a folder of its own, walks to the pages a stranger sees first, and puts the paper form, a
question on a phone and the case on the desk side by side in docs/pictures/from-paper-to-desk.png. Then it
imports a made-up list of two years and puts three pages of the register side by side in register.png.
"""

from __future__ import annotations

import base64
import csv
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from tests.conftest import QUIET, find_chromium

from perdure.core.digitise.api import read_pages_as_pictures

DESK = (
    "A paper form",
    "becomes questions on a phone",
    "and a case on the desk, with the paper filled in",
)
REGISTER = ("What was changed?", "Is it still there a year later?", "How long do changes live?")
ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
FORM = ROOT / "src" / "perdure" / "examples" / "home-adaptation-grant.pdf"
PORT = "8797"


def demo(data: str) -> tuple[subprocess.Popen[str], dict[str, str]]:
    """Start the demo and wait for its three addresses."""
    command = [str(Path(sys.executable).with_name("perdure")), "demo", "--port", PORT, "--data", data]
    process = subprocess.Popen([*command, "--no-browser"], stdout=subprocess.PIPE, text=True)
    lines: dict[str, str] = {}
    assert process.stdout is not None
    while len(lines) < 3:
        match = re.match(r"(Service|Desk|Sign in): (\S+)", process.stdout.readline())
        if match:
            lines[match[1]] = match[2]
    return process, lines


def import_list(path: Path, data: str) -> None:
    """Bring the list into the register of the demo, with the mapping that is suggested for it."""
    perdure = [str(Path(sys.executable).with_name("perdure")), "register"]
    said = subprocess.run([*perdure, "suggest", str(path)], check=True, capture_output=True, text=True)
    mapping = path.with_suffix(".yaml")
    mapping.write_text(said.stdout, encoding="utf-8")
    more = ["--mapping", str(mapping), "--list", "Changes of the county", "--complete", "--data", data]
    subprocess.run([*perdure, "import", str(path), *more], check=True, stdout=subprocess.DEVNULL)


def on_a_phone(browser: Browser, service: str) -> bytes:
    """The second question of the service, as on a small phone."""
    page = browser.new_page(viewport={"width": 360, "height": 640}, device_scale_factor=2)
    page.goto(service)
    page.locator("main form button").first.click()
    page.get_by_label("First name").or_(page.locator("main input[type=text]").first).first.fill("Ada")
    page.locator("main input[type=text]").nth(1).fill("Byron")
    page.locator("main form button").first.click()
    return page.screenshot()


def on_the_desk(browser: Browser, sign_in: str, desk: str) -> bytes:
    """A case, as its caseworker sees it."""
    page = browser.new_page(viewport={"width": 1100, "height": 1000}, device_scale_factor=1.5)
    page.goto(sign_in)
    page.goto(desk)
    page.locator("table a").first.click()
    return page.screenshot()


OFFICES = {"Parks": 0.86, "Housing": 0.74, "Libraries": 0.62, "Transport": 0.9, "Schools": 0.55, "Water": 0.8}
"""Offices of the made-up list, and the share of their changes that the next year still names."""
THINGS = (
    "booking",
    "permits",
    "repairs",
    "advice line",
    "maps",
    "chatbot",
    "reminders",
    "open data",
    "sensors",
)


COLUMNS = ("Report year", "Title", "Description", "Organisation", "Start date", "Country", "Status")


def made_up_list(folder: Path) -> Path:
    """Two years of a list of changes that nobody made, the same on every run."""
    chance, rows = random.Random(7), []
    for number, office in enumerate(sorted(OFFICES) * len(THINGS)):
        thing, began = THINGS[number // len(OFFICES)], chance.randint(2012, 2024)
        says = f"Done from home since {began}; before, people came to the office of {office}."
        row = [f"{office} {thing}", says, office, f"{began}-{chance.randint(1, 12):02}-01", "GB", "Running"]
        rows.append([2025, *row])
        if chance.random() < OFFICES[office]:
            rows.append([2026, *row])
    path = folder / "changes.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


def of_the_register(browser: Browser, address: str) -> list[bytes]:
    """Search, what is still listed a year later, and how long changes live."""
    taken = []
    for path, size in (("", (1100, 1000)), ("listed/", (760, 1000)), ("pictures/", (760, 1000))):
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1.5)
        page.goto(f"{address}register/{path}")
        taken.append(page.screenshot())
    return taken


def side_by_side(browser: Browser, pictures: Sequence[bytes], words: Sequence[str]) -> bytes:
    """One picture of several, with words below."""
    urls = [f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in pictures]
    figures = "".join(
        f'<figure><img src="{url}" alt=""><figcaption>{text}</figcaption></figure>'
        for url, text in zip(urls, words, strict=True)
    )
    style = """body{margin:0;background:#f6f4ef;font:600 17px Georgia,"Noto Serif",serif;color:#17212b}
    div{display:inline-flex;gap:28px;padding:28px;align-items:flex-end} figure{margin:0}
    img{height:480px;border:1px solid #d8d3c7;border-radius:4px;display:block;background:#fff}
    figcaption{margin-top:12px}"""
    page = browser.new_page(viewport={"width": 1280, "height": 600})
    page.set_content(f"<style>{style}</style><div>{figures}</div>")
    return page.locator("div").screenshot()


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    paper = read_pages_as_pictures(FORM, 110, colour=True)[0]
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        process, lines = demo(data)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
        try:
            phone = on_a_phone(browser, lines["Service"])
            case = on_the_desk(browser, lines["Sign in"], lines["Desk"])
            (PICTURES / "from-paper-to-desk.png").write_bytes(
                side_by_side(browser, (paper, phone, case), DESK)
            )
            import_list(made_up_list(Path(data)), data)
            register = of_the_register(browser, lines["Desk"].removesuffix("desk/"))
            (PICTURES / "register.png").write_bytes(side_by_side(browser, register, REGISTER))
        finally:
            browser.close()
            process.terminate()
            process.wait(timeout=20)


if __name__ == "__main__":
    main()
