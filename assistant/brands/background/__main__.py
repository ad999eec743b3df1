"""Count the texts at large again: `python -m assistant.brands.background`."""

import json
from pathlib import Path

from assistant.brands.background import count
from assistant.messages import LANGUAGES


def main() -> None:
    """Write `fr.json` and `en.json` beside the texts."""
    for language in LANGUAGES:
        target = Path(__file__).with_name(f"{language}.json")
        target.write_text(json.dumps(count(language), ensure_ascii=False, indent=0) + "\n", "utf8")


if __name__ == "__main__":
    main()
