"""Draw the pictures of the README anew: `python -m tests.browser.pictures`. A real app, a real browser, nothing retouched."""

import io
import shutil
import socket
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import BRIEFS, QUIET, ROOT, SIZES, App, Person, chromium

IMAGES = ROOT / "docs" / "images"
COLOURS = 128
SUBMIT = {"fr": "Envoyer en relecture", "en": "Submit for review"}
REVIEW = {"fr": "Relire", "en": "Review"}
TOLD = 6000
"""Milliseconds until what was told about the last click is gone."""


def draw(browser: Browser, app: App, lang: str) -> None:
    """One walk, two pictures."""
    context = browser.new_context(viewport=SIZES["wide"], locale={"fr": "fr-FR", "en": "en-GB"}[lang])  # type: ignore[arg-type]
    person = Person(context.new_page(), app, lang).come().brief()
    person.draft("instagram", "facebook", "tiktok")
    _keep(person, f"draft-{lang}")
    for network in ("linkedin", "instagram"):
        person.click(SUBMIT[lang], person.card(network))
    person.go(REVIEW[lang]).page.wait_for_timeout(TOLD)
    _keep(person, f"review-{lang}")
    context.close()


def _keep(person: Person, name: str) -> None:
    person.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    person.page.mouse.move(0, 0)
    person.page.wait_for_timeout(500)
    seen = Image.open(io.BytesIO(person.page.screenshot())).convert("RGB")
    seen.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


def main() -> None:
    """Both languages, in an app with nothing but the shipped brands."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, socket.socket() as free:
        shutil.copytree(ROOT / "brand_kits", Path(folder) / "brand_kits")
        free.bind(("127.0.0.1", 0))
        app = App(Path(folder), free.getsockname()[1])
        free.close()
        app.start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        try:
            for lang in BRIEFS:
                draw(browser, app, lang)
        finally:
            browser.close()
            app.kill()


if __name__ == "__main__":
    main()
