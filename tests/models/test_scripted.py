"""The public double: what it is told to say is held to the same rules as a server's answer."""

import pytest

from assistant.errors import ModelAnswerUnusable, ModelUnavailable
from assistant.models import trial
from assistant.models.base import Ask, ChatMessage
from assistant.models.scripted import ScriptedModel
from tests.models.faulty_server import FaultyServer, refuses, says
from tests.models.listening import ASK, Listener, Note, model_at


def test_answers_come_in_turn_and_the_last_one_again_and_again() -> None:
    model = ScriptedModel([{"text": "one"}, Note(text="two")])
    assert [model.complete(ASK).value.text for _ in range(3)] == ["one", "two", "two"]
    assert model.asks == [ASK] * 3


def test_an_error_is_raised_and_told_to_the_watch() -> None:
    listener = Listener()
    with pytest.raises(ModelUnavailable) as caught:
        ScriptedModel([ModelUnavailable("model.timeout", host="h", seconds=1)]).complete(ASK, listener)
    assert caught.value.id == "model.timeout"
    assert listener.calls[0][1] == "model.timeout"


def test_an_answer_may_depend_on_what_was_asked() -> None:
    model = ScriptedModel([lambda ask: {"text": ask.messages[-1].text.upper()}])
    assert model.complete(Ask((ChatMessage("user", "bread"),), Note)).value.text == "BREAD"


def test_an_answer_that_is_not_of_the_schema_is_unusable_as_a_servers_would_be() -> None:
    listener = Listener()
    with pytest.raises(ModelAnswerUnusable) as caught:
        ScriptedModel([{"title": "secret"}]).complete(ASK, listener)
    assert caught.value.id == "model.not_schema"
    assert "secret" not in repr(caught.value)
    assert listener.calls[0][1] == "unusable"


def test_text_is_read_as_a_servers_answer_is_read() -> None:
    assert ScriptedModel(['Sure: {"text": "bread"}']).complete(ASK).value.text == "bread"


def test_it_stops_when_nobody_wants_the_answer() -> None:
    with pytest.raises(ModelUnavailable) as caught:
        ScriptedModel([{"text": "one"}]).complete(ASK, Listener(give_up=True))
    assert caught.value.id == "model.cancelled"


def test_the_same_script_counts_the_same_tokens() -> None:
    first, second = (ScriptedModel([{"text": "one"}]).complete(ASK) for _ in range(2))
    assert first == second
    assert first.usage.sent > 10


def test_a_trial_says_in_words_that_the_connection_works() -> None:
    with FaultyServer([says('{"colour": "blue", "warm": false}')]) as server:
        said = trial.test(model_at(server))
    assert said.id == "model.works"
    assert said.values["method"] == "json_schema"


def test_a_trial_says_in_words_what_is_wrong() -> None:
    with FaultyServer([refuses(401, "who are you")]) as server:
        assert trial.test(model_at(server)).id == "model.key_refused"
