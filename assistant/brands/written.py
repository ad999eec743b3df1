"""A kit as the text of its files: keys in the model's order, what is empty left out, readable by people."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from assistant.brands.kit import Kit
from assistant.brands.schema import OWN_FILES
from assistant.brands.snapshot import GUIDE
from assistant.brands.yaml_text import dump


def files_of(kit: Kit) -> dict[str, bytes]:
    """The content of each file of `kit` by relative path; `playbook.yaml` and `facts.yaml` only where they hold something.

    The slug is the folder's name and the version the hash of these bytes: neither is written.
    """
    top = {key: value for key, value in _plain(kit).items() if key not in (*OWN_FILES, "slug", "version")}
    files = {"kit.yaml": dump(top)}
    playbook = _plain(kit.playbook)
    if playbook:
        files["playbook.yaml"] = dump(playbook)
    if kit.facts:
        files["facts.yaml"] = dump({"facts": [_plain(fact) for fact in kit.facts]})
    files |= {f"{GUIDE}/{page.name}.md": page.text for page in kit.guide}
    return {name: text.encode() for name, text in files.items()}


def _plain(part: BaseModel) -> dict[str, Any]:
    """`part` as mappings, lists and values, without what equals its default."""
    return {
        name: _value(getattr(part, name))
        for name, field in type(part).model_fields.items()
        if field.is_required() or getattr(part, name) != field.get_default(call_default_factory=True)
    }


def _value(value: object) -> object:
    if isinstance(value, BaseModel):
        return _plain(value)
    if isinstance(value, (tuple, list)):
        return [_value(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _value(item) for key, item in value.items()}
    return value
