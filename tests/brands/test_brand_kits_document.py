import inspect
from pathlib import Path

import pytest
from pydantic import BaseModel

from assistant.brands import kit, parts, playbook

TEXT = (Path(__file__).parents[2] / "docs" / "brand-kits.md").read_text("utf8")
MODELS = [
    model
    for module in (kit, parts, playbook)
    for model in vars(module).values()
    if inspect.isclass(model) and issubclass(model, BaseModel) and model.__module__ == module.__name__
]
NOT_WRITTEN = {"slug", "version", "guide", "playbook", "facts"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_kit_is_documented(model: type[BaseModel]) -> None:
    missing = [name for name in model.model_fields if name not in TEXT and name not in NOT_WRITTEN]
    assert not missing


def test_every_kind_of_comment_is_documented() -> None:
    assert not [kind for kind in playbook.COMMENT_KINDS if kind not in TEXT]
