"""The parser: what models really send is read, and what is not there is not made up."""

import json
import time
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from assistant.messages import render
from assistant.models.answers import Said, Unreadable, value_of


class Variant(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    angle: Literal["fact", "scene"] = "fact"


class Variants(BaseModel):
    model_config = ConfigDict(extra="forbid")

    variants: list[Variant]


ONE = {"variants": [{"text": "Du pain, « frais » {et} “doré” : 3 € 🥖", "angle": "scene"}]}
PLAIN = json.dumps(ONE, ensure_ascii=False)
CLOTHES = {
    "plain": PLAIN,
    "escaped": json.dumps(ONE),
    "indented": json.dumps(ONE, indent=2, ensure_ascii=False),
    "byte order mark": "\ufeff" + PLAIN,
    "fence": f"```json\n{PLAIN}\n```",
    "fence without a language": f"```\n{PLAIN}\n```",
    "fence and prose": f"Voici :\n\n```json\n{PLAIN}\n```\nDites-moi si cela convient.",
    "prose before": f"Bien sûr ! Voici la réponse : {PLAIN}",
    "prose with braces before": f"I use {{braces}} a lot. {PLAIN}",
    "prose with an open brace": f"A brace {{ first, then {PLAIN}",
    "prose with a quotation mark": f'He said 6" is enough. {PLAIN}',
    "prose after": f"{PLAIN}\nBonne journée {{:",
    "thinks first": f"<think>Should it be {{}}? {json.dumps({'variants': 3})}</think>\n{PLAIN}",
    "thinks first, tag swallowed": f'Let me see {{"variants": []}}...\n</think>\n\n{PLAIN}',
    "a comma behind the last item": PLAIN.replace("}]", ",}]"),
    "a comma behind the last field": PLAIN[:-1] + ",}",
    "a tool call as text": json.dumps({"name": "Variants", "arguments": ONE}),
    "a tool call with its arguments as text": json.dumps({"name": "Variants", "arguments": PLAIN}),
    "a tool call, whole": json.dumps({"type": "function", "function": {"name": "Variants", "parameters": ONE}}),
    "under a key of its own": json.dumps({"answer": ONE}),
    "under the name of the schema": json.dumps({"Variants": ONE}),
    "in a list": json.dumps([ONE]),
    "the list alone": json.dumps(ONE["variants"]),
    "an example first": json.dumps({"text": "an example"}) + "\n" + PLAIN,
    "twice JSON": json.dumps(PLAIN),
}


@pytest.mark.parametrize("said", CLOTHES.values(), ids=list(CLOTHES))
def test_the_object_is_found_in_whatever_it_is_dressed(said: str) -> None:
    found = value_of(said, Variants)
    assert isinstance(found, Variants)
    assert found.variants[0].text == ONE["variants"][0]["text"]


def test_a_line_break_inside_a_string_is_read() -> None:
    found = value_of('{"text": "one\ntwo\tthree"}', Variant)
    assert isinstance(found, Variant)
    assert found.text == "one\ntwo\tthree"


def test_commas_and_braces_inside_a_text_stay() -> None:
    found = value_of('{"text": "a,} b,] c \\",}", "angle": "fact",}', Variant)
    assert isinstance(found, Variant)
    assert found.text == 'a,} b,] c ",}'


def test_the_longest_fitting_object_is_taken_not_an_example_in_it() -> None:
    found = value_of('First {"text": "short"} then {"text": "a longer one, really"}', Variant)
    assert isinstance(found, Variant)
    assert found.text == "a longer one, really"


def test_characters_that_no_database_keeps_are_left_out() -> None:
    found = value_of('{"text": "a\\u0000b\\ud800c\\ud83e\\udd56"}', Variant)
    assert isinstance(found, Variant)
    assert found.text == "abc🥖"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("Voici un joli texte.", "it does not hold the JSON object"),
        ("", "it does not hold the JSON object"),
        ("{}", "the field “text” is missing"),
        ('{"angle": "fact"}', "the field “text” is missing"),
        ('{"text": 3}', "“text” is not of the right type (string)"),
        ('{"text": "x", "angle": "secret"}', "“angle” must be one of: 'fact', 'scene'"),
        ('{"text": "x", "secret": "secret"}', "a field that was not asked for in “Variant”"),
        ('{"text": "secret', "it does not hold the JSON object"),
        ("[1, 2]", "it does not hold the JSON object"),
        ("null", "it does not hold the JSON object"),
        ("__import__('os').system('secret')", "it does not hold the JSON object"),
    ],
)
def test_what_does_not_fit_is_said_in_the_schemas_own_words(said: str, problem: str) -> None:
    found = value_of(said, Variant)
    assert isinstance(found, Unreadable)
    assert problem in render(found.problem, "en")
    assert "secret" not in render(found.problem, "fr")


def test_the_place_of_a_problem_is_named() -> None:
    found = value_of('{"variants": [{"text": "x"}, {"angle": "fact"}]}', Variants)
    assert isinstance(found, Unreadable)
    assert found.problem.values["field"] == "variants.1.text"


LONG = {
    "braces": "{" * 300_000,
    "brackets": "[" * 300_000,
    "nested": '{"a":' * 100_000,
    "empty objects": "{}" * 150_000,
    "quotes": '"' * 300_001,
    "fences": "```" * 100_000,
    "thoughts": "<think>" * 50_000,
    "digits": '{"text": ' + "9" * 9_000 + "}",
    "escaped quotes": '{"' + '\\"' * 150_000,
    "strings": "{" + '"a" ' * 70_000 + '"',
    "commas": "{" + ", " * 150_000,
}


@pytest.mark.parametrize("said", LONG.values(), ids=list(LONG))
def test_an_answer_made_to_take_long_takes_no_time(said: str) -> None:
    began = time.perf_counter()
    assert isinstance(value_of(said, Variant), Unreadable)
    assert time.perf_counter() - began < 5


@given(st.text())
def test_no_text_breaks_the_parser(said: str) -> None:
    assert isinstance(value_of(said, Variant), Unreadable | Variant)


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
PROSE = st.text(alphabet="abc }]'`,:\n")


@given(WORDS, PROSE, PROSE)
def test_a_whole_answer_survives_any_prose_around_it(text: str, before: str, after: str) -> None:
    found = value_of(f"{before} {json.dumps({'text': text, 'angle': 'scene'})} {after}", Variant)
    assert isinstance(found, Variant)
    assert found.text == text


def test_what_was_said_is_whole_for_the_revision_and_unseen_elsewhere() -> None:
    said = Said("a secret answer")
    assert said == "a secret answer"
    assert "secret" not in repr({"said": said})
