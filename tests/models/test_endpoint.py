"""The address of a model server is a setting, and a setting can be an attack: which ones are never asked, and which are this machine."""

import pytest

from assistant.errors import ModelNotConfigured
from assistant.messages import render
from assistant.models import transport
from assistant.models.endpoint import Endpoint, is_local, refused
from assistant.models.openai_compatible import OpenAICompatible
from tests.models.faulty_server import FaultyServer, says
from tests.models.listening import ASK, GOOD, PACE, Listener, model_at

LOOPBACK = [
    "http://localhost:11434/v1",
    "http://LOCALHOST/v1",
    "http://localhost./v1",
    "http://ollama.localhost/v1",
    "http://127.0.0.1:1234/v1",
    "http://127.0.0.1./v1",
    "http://127.8.9.10/v1",
    "http://127.1:8080/v1",
    "http://127.0.1/v1",
    "http://2130706433/v1",
    "http://017700000001/v1",
    "http://0x7f000001/v1",
    "http://0x7f.0.0.1/v1",
    "http://0177.0.0.01/v1",
    "http://[::1]:8080/v1",
    "http://[0:0:0:0:0:0:0:1]/v1",
    "http://[::ffff:127.0.0.1]/v1",
    "http://[::ffff:7f00:1]/v1",
    "http://0.0.0.0:8000/v1",
    "http://0/v1",
    "http://[::]/v1",
    "http://１２７.０.０.１/v1",
    "http://127。0。0。1/v1",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/v1",
]
ELSEWHERE = [
    "https://api.openai.com/v1",
    "https://models.example.org/v1",
    "http://192.168.1.20:8080/v1",
    "http://10.0.0.7/v1",
    "http://[fd12:3456::1]/v1",
    "http://100.64.0.9:11434/v1",
    "https://localhost.example.org/v1",
    "http://127.0.0.1.example.org/v1",
    "http://notlocalhost/v1",
    "https://modèles.example.org/v1",
]
FORBIDDEN = [
    "http://169.254.169.254/latest/meta-data",
    "http://169.254.1.1/v1",
    "http://169.16689662/v1",
    "http://2852039166/v1",
    "http://0xa9fea9fe/v1",
    "http://0xa9.0xfe.0xa9.0xfe/v1",
    "http://0251.0376.0251.0376/v1",
    "http://025177524776/v1",
    "http://[::ffff:169.254.169.254]/v1",
    "http://[::ffff:a9fe:a9fe]/v1",
    "http://[::a9fe:a9fe]/v1",
    "http://[64:ff9b::a9fe:a9fe]/v1",
    "http://[64:ff9b::7f00:1]/v1",
    "http://[2002:a9fe:a9fe::1]/v1",
    "http://[fe80::1]/v1",
    "http://[fe80::1%25eth0]/v1",
    "http://[fd00:ec2::254]/v1",
    "http://[fd20:ce::254]/v1",
    "http://100.100.100.200/v1",
    "http://192.0.0.192/v1",
    "http://168.63.129.16/v1",
    "http://224.0.0.1/v1",
    "http://255.255.255.255/v1",
    "http://metadata.google.internal/computeMetadata/v1",
    "http://METADATA.google.internal./v1",
    "http://metadata/v1",
    "http://instance-data/v1",
    "http://１６９.254.169.254/v1",
]
ODD = {
    "ftp://models.example.org/v1": "scheme",
    "file:///etc/passwd": "scheme",
    "gopher://127.0.0.1/": "scheme",
    "localhost:11434": "scheme",
    "models.example.org/v1": "scheme",
    "": "scheme",
    "http://user:secret@models.example.org/v1": "credentials",
    "http://secret@localhost/v1": "credentials",
    "http://api.openai.com@169.254.169.254/v1": "credentials",
    "https://models.example.org/v1?key=secret": "extra",
    "https://models.example.org/v1#x": "extra",
    "https://models.example.org/v1?": "extra",
    "http:///v1": "malformed",
    "http://[::1/v1": "malformed",
    "http://models.example.org:port/v1": "malformed",
    "http://models.example.org:99999/v1": "malformed",
    "http://local host/v1": "malformed",
    "http://localhost\\@169.254.169.254/v1": "malformed",
    "http://localhost/v1\n": "malformed",
    "http://%31%36%39.254.169.254/v1": "malformed",
}


@pytest.mark.parametrize("url", LOOPBACK)
def test_loopback_in_any_spelling_is_this_machine_and_may_be_asked(url: str) -> None:
    assert is_local(url)
    assert refused(url) is None


@pytest.mark.parametrize("url", ELSEWHERE)
def test_other_servers_may_be_asked_and_are_not_this_machine(url: str) -> None:
    assert not is_local(url)
    assert refused(url) is None


@pytest.mark.parametrize("url", FORBIDDEN)
def test_link_local_and_metadata_addresses_are_refused_in_any_spelling(url: str) -> None:
    said = refused(url)
    assert said is not None
    assert not is_local(url)
    assert "adresse réservée" in render(said, "fr")


@pytest.mark.parametrize(("url", "reason"), ODD.items())
def test_what_is_not_a_plain_http_address_is_refused_with_its_reason(url: str, reason: str) -> None:
    said = refused(url)
    assert said is not None
    assert getattr(said.values["reason"], "id", "") == f"model.refused.{reason}"
    assert "secret" not in render(said, "en")


def test_a_refused_address_is_not_asked() -> None:
    with pytest.raises(ModelNotConfigured) as caught:
        OpenAICompatible(Endpoint("http://169.254.169.254/v1", "any"), PACE).complete(ASK)
    assert caught.value.id == "model.refused_address"


@pytest.mark.parametrize(
    ("url", "host", "api"),
    [
        ("http://LocalHost:11434", "localhost:11434", "http://LocalHost:11434/v1"),
        ("http://localhost:11434/", "localhost:11434", "http://localhost:11434/v1"),
        ("https://api.openai.com/v1/", "api.openai.com", "https://api.openai.com/v1"),
        ("http://[::1]:8080/v1", "[::1]:8080", "http://[::1]:8080/v1"),
        ("https://models.example.org/openai/v1", "models.example.org", "https://models.example.org/openai/v1"),
        ("http://user:secret@models.example.org/v1", "models.example.org", "http://user:secret@models.example.org/v1"),
    ],
)
def test_the_host_is_said_without_credentials_and_the_api_is_found(url: str, host: str, api: str) -> None:
    endpoint = Endpoint(url, "any")
    assert (endpoint.host, endpoint.api) == (host, api)
    assert "secret" not in repr(endpoint)


def test_an_address_without_a_path_reaches_the_api() -> None:
    with FaultyServer([says(GOOD)]) as server:
        model_at(server.root).complete(ASK)
    assert server.paths == ["/v1/chat/completions"]


def test_a_name_that_leads_to_a_forbidden_place_is_stopped_when_it_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener()
    monkeypatch.setattr(transport, "is_forbidden", lambda host: host == "127.0.0.1")
    with FaultyServer([says(GOOD)]) as server:
        with pytest.raises(ModelNotConfigured) as caught:
            model_at(server).complete(ASK, listener)
        assert server.asked == [], "connected, but nothing was sent"
    assert caught.value.id == "model.refused_address"


def test_a_local_name_that_leads_off_this_machine_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "is_loopback", lambda host: False)
    with FaultyServer([says(GOOD)]) as server:
        with pytest.raises(ModelNotConfigured):
            model_at(server).complete(ASK)
        assert server.asked == []
