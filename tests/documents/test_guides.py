import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.guides import page_name, read_guide
from assistant.errors import InputError
from assistant.messages import LANGUAGES, render


def test_a_page_keeps_its_text_and_loses_what_a_site_generator_put_around_it() -> None:
    front = '---\ntitle: "Le ton"\nlayout: page\n---\n<!-- note -->\n{% include nav.html %}\n'
    data = (front + "On écrit &amp; on relit.\r\n\r\n\r\n\r\n\r\nCourt.\n").encode()
    assert read_guide(data, "guides/02-ton.html.md") == ("02-ton", "# Le ton\n\nOn écrit & on relit.\n\n\nCourt.\n")


def test_a_pasted_text_without_an_ending_is_a_page() -> None:
    assert read_guide("Dites « vélo ».".encode("cp1252"), "Guide") == ("Guide", "Dites « vélo ».\n")


def test_invisible_instructions_are_taken_out() -> None:
    name, text = read_guide("Écrivez court.\u200b\U000e0041\U000e0042 Merci.\x07".encode(), "a.md")
    assert text == "Écrivez court. Merci.\n"
    assert name == "a"


@pytest.mark.parametrize(
    ("data", "name", "id"),
    [
        (b"%PDF-1.7 ...", "charte.pdf", "guide.format"),
        (b"%PDF-1.7 ...", "charte.md", "guide.format"),
        (b"PK\x03\x04...", "charte.docx", "guide.format"),
        (b"<!DOCTYPE html><html><body>Ton</body></html>", "charte.txt", "guide.format"),
        (b"Ton", "charte.rtf", "guide.format"),
        (b"   \n", "charte.md", "guide.empty"),
        (b"---\ntitle: x\n---\n", "charte.md", "guide.empty"),
        (b"a" * 1_000_001, "charte.md", "guide.too_big"),
    ],
)
def test_what_cannot_be_a_guide_yet_is_refused_politely(data: bytes, name: str, id: str) -> None:
    with pytest.raises(InputError) as raised:
        read_guide(data, name)
    assert raised.value.id == id
    for language in LANGUAGES:
        assert name in render(raised.value.message, language)


@given(st.text(max_size=200))
def test_a_page_name_is_a_file_name_everywhere(stem: str) -> None:
    name = page_name(stem)
    assert name
    assert not set(name) & set('/\\:*?"<>|\n\t\x00')
    assert name == name.strip(" .")
    assert len(name) <= 80
