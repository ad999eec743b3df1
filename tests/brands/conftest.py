from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

KIT = """\
name: Vélo Saugel
languages: [fr]
accounts:
  - network: instagram
    handle: "@velosaugel"
    address: tu
    speaker: on
  - network: linkedin
    address: vous
    speaker: nous
"""

MakeKit = Callable[..., Path]


@pytest.fixture
def make_kit(tmp_path: Path) -> MakeKit:
    """A kit folder from its files; `kit` may be the whole text, or lines to add to a kit that is right."""

    def make(kit: str = KIT, *, more: str = "", slug: str = "velo-saugel", files: Mapping[str, str | bytes] | None = None) -> Path:
        folder = tmp_path / "brand_kits" / slug
        for name, content in {"kit.yaml": kit + more, **(files or {})}.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make
