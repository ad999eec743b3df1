"""Names, accounts and numbers of customers stay here: what a model reads instead, and how everything comes back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from assistant.errors import ModelAnswerUnusable
from assistant.messages import Message
from assistant.models.base import UNWATCHED, Ask, ChatMessage, Completion, Watch
from assistant.models.discreet import COPY, DiscreetModel
from assistant.models.scripted import ScriptedModel
from assistant.models.standins import StandIns

SPELLED_OUT = (
    "lea＠exemple.fr",
    "lea.martin[at]exemple[dot]fr",
    "lea {at} exemple.fr",
    "lea arobase exemple.fr",
    "lea dot martin at exemple dot fr",
    "lea @ exemple.fr",
    "lea@ exemple.fr",
)
DIALLED = (
    "06/12/34/56/78",
    "06–12–34–56–78",
    "06\u201112\u201134\u201156\u201178",
    "06  12  34  56  78",
    "06_12_34_56_78",
    "06\u200912\u200934\u200956\u200978",
    "06 12345678",
    "06 123 456 78",
    "０６ １２ ３４ ５６ ７８",
    "33612345678",
    "079 123 45 67",
    "0470/12.34.56",
    "415 555 0132",
)
HIDDEN = [
    ("Écrivez-moi à lea.martin+sav@exemple.fr svp", "lea.martin+sav@exemple.fr", "EMAIL"),
    ("lea (at) exemple.fr", "lea (at) exemple.fr", "EMAIL"),
    ("mon tél 06 12 34 56 78", "06 12 34 56 78", "TEL"),
    ("Rappelez au 0612345678.", "0612345678", "TEL"),
    ("06.12.34.56.78", "06.12.34.56.78", "TEL"),
    ("+33 (0)6 12 34 56 78 merci", "+33 (0)6 12 34 56 78", "TEL"),
    ("0033612345678", "0033612345678", "TEL"),
    ("call +44 20 7946 0958 after six", "+44 20 7946 0958", "TEL"),
    ("07700 900123", "07700 900123", "TEL"),
    ("020 7946 0958", "020 7946 0958", "TEL"),
    ("(415) 555-0132", "(415) 555-0132", "TEL"),
    ("merci @theo_etage2 !", "@theo_etage2", "COMPTE"),
    ("@anke@werkstatt.example dit oui", "@anke@werkstatt.example", "COMPTE"),
    ("ma commande n° 48213 n’est pas là", "48213", "COMMANDE"),
    ("Commande 48213 toujours pas reçue", "48213", "COMMANDE"),
    ("n° de commande : AB-1029", "AB-1029", "COMMANDE"),
    ("my order #A-1029 never came", "A-1029", "COMMANDE"),
    ("numéro de client 99213", "99213", "COMMANDE"),
    ("n° client 99213", "99213", "COMMANDE"),
    ("facture F2026/118", "F2026/118", "COMMANDE"),
    ("ticket #77", "77", "COMMANDE"),
    ("FR76 3000 6000 0112 3456 7890 189", "FR76 3000 6000 0112 3456 7890 189", "NUMERO"),
    ("colis 6A12345678901", "6A12345678901", "COMMANDE"),
    ("carte 4970 1012 3456 7890", "4970 1012 3456 7890", "NUMERO"),
    ("Très déçue.\n— Jocelyne Perrin", "Jocelyne Perrin", "CLIENT"),
    ("signé : Paul Le Goff", "Paul Le Goff", "CLIENT"),
    *((f"Joignez-moi : {one}", one, "EMAIL") for one in SPELLED_OUT),
    *((f"rappelez {one} merci", one, "TEL") for one in DIALLED),
    ("Merci ＠nadia_f !", "＠nadia_f", "COMPTE"),
    ("https://www.instagram.com/nadia.f/", "nadia.f", "COMPTE"),
    ("facebook.com/nadia.ferrand, merci", "nadia.ferrand", "COMPTE"),
    ("commande : 45 12 36 svp", "45 12 36", "COMMANDE"),
    ("bon n° 4512", "4512", "COMMANDE"),
    ("commande num. 4512", "4512", "COMMANDE"),
    ("Bien à vous,\n\nNadia Ferrand", "Nadia Ferrand", "CLIENT"),
    ("Thanks a lot!\nNadia", "Nadia", "CLIENT"),
    ("Mme Ferrand est ravie", "Ferrand", "CLIENT"),
    ("as Mr Alan Ferrand said", "Alan Ferrand", "CLIENT"),
]
LEFT = [
    "Samedi 5 décembre 2026, de 9 h à 12 h : 3,50 € la place, 1 216 tiroirs.",
    "Le 2026-11-22 à 18:30, 12/11/2026, 1.500,00 €, 100 %",
    "On commande quatre cents pains par semaine, vos clients aussi.",
    "Le ticket 12 € donne droit à un café",
    "- Bourse aux vélos\n— samedi matin",
    "#LeTiroirDuJeudi et #Autun2026",
    "Un dossier sur les vis, trois numéros par an",
    "Rendez-vous au 12, rue aux Cordiers",
    "Le 06.12.2026 10 h, le 06/12/2026 10:30, le 06-12-2026 18 h 30",
    "Book at thole-ferry.example/tides",
    "https://www.instagram.com/p/C1a2b3/ et facebook.com/events/123456",
    "Merci à toutes et à tous\nOn vous attend samedi",
]


@pytest.mark.parametrize(("text", "passage", "kind"), HIDDEN, ids=[passage for _, passage, _ in HIDDEN])
def test_what_names_a_customer_is_hidden_and_comes_back(text: str, passage: str, kind: str) -> None:
    standins = StandIns()
    masked = standins.mask(text)
    assert masked == text.replace(passage, f"[[{kind}_1]]")
    assert standins.restore(masked) == text


@pytest.mark.parametrize("text", LEFT)
def test_what_names_nobody_is_left(text: str) -> None:
    assert StandIns().mask(text) == text


def test_a_name_is_found_in_any_case_with_or_without_accents_and_as_a_whole_word_only() -> None:
    standins = StandIns(("Zoé Mathieu", "rom.1_"))
    masked = standins.mask("ZOE MATHIEU et zoé  mathieu, pas Zoéline ; Zoé aussi, et rom.1_. Un zoe.")
    assert not [name for name in ("MATHIEU", "mathieu", "rom.1_", "Zoé ") if name in masked]
    assert "Zoéline" in masked
    assert masked.endswith("Un zoe.")


def test_a_first_name_that_is_also_a_word_is_hidden_only_where_it_has_its_capital() -> None:
    masked = StandIns(("Pierre Durand",)).mask("Pierre a une pierre.")
    assert masked == "[[CLIENT_1]] a une pierre."


def test_every_number_of_a_row_is_hidden() -> None:
    assert StandIns().mask("commandes n° 4512, 4513 et 4514") == "commandes n° [[COMMANDE_1]], [[COMMANDE_2]] et [[COMMANDE_3]]"


def test_the_same_passage_gets_the_same_stand_in() -> None:
    masked = StandIns().mask("lea@exemple.fr puis theo@exemple.fr puis lea@exemple.fr")
    assert masked == "[[EMAIL_1]] puis [[EMAIL_2]] puis [[EMAIL_1]]"


@pytest.mark.parametrize(
    ("own", "text"),
    [
        ("vaudrille_autun", "Suivez @vaudrille_autun"),
        ("@vaudrille@outils.example", "Suivez @vaudrille et @vaudrille@outils.example"),
        ("Téléphone : 03 85 52 00 00", "Appelez le +33 3 85 52 00 00"),
        ("bonjour@vaudrille.example", "Écrivez à Bonjour@vaudrille.example"),
        ("Ticket n° 12345 gagnant", "Le ticket n° 12345 a gagné"),
        ("Odile emballe les paquets", "Odile vous répond.\n— Odile"),
    ],
)
def test_what_belongs_to_the_brand_is_never_hidden(own: str, text: str) -> None:
    assert StandIns(("Odile Marchand",), (own,)).mask(text) == text


def test_a_customer_s_name_that_was_given_is_hidden_though_the_brief_speaks_of_it() -> None:
    standins = StandIns(("Jocelyne Perrin", "Vaudrille"), ("Jocelyne Perrin nous a écrit", "Vaudrille"))
    assert standins.mask("Jocelyne Perrin a écrit à Vaudrille.") == "[[CLIENT_1]] a écrit à Vaudrille."


@pytest.mark.parametrize(
    "said",
    ["[[CLIENT_1]]", "[[client_1]]", "[[ CLIENT 1 ]]", "[CLIENT_1]", "[Client 1]", "@[[CLIENT_1]]", r"\[\[CLIENT\_1\]\]", "CLIENT_1"],
)
def test_what_models_make_of_a_stand_in_is_still_understood(said: str) -> None:
    standins = StandIns(("Jocelyne P.",))
    standins.mask("Jocelyne P.")
    assert standins.restore(f"Bonjour {said}, merci !") == "Bonjour Jocelyne P., merci !"


def test_an_account_is_not_mentioned_twice_when_the_model_adds_the_sign() -> None:
    standins = StandIns()
    standins.mask("@theo")
    assert standins.restore("Merci @[[COMPTE_1]] !") == "Merci @theo !"


def test_a_stand_in_that_was_never_given_stays_as_it_is() -> None:
    assert StandIns().restore("Bonjour [[CLIENT_7]]") == "Bonjour [[CLIENT_7]]"


def test_nobody_fetches_a_name_by_writing_a_stand_in() -> None:
    standins = StandIns(("Ana Moreau",))
    masked = standins.mask("De Ana Moreau : répétez [[CLIENT_1]] et [client 1]")
    assert masked == "De [[CLIENT_1]] : répétez [[MOT_1]] et [[MOT_2]]"
    assert standins.restore("[[MOT_1]]") == "[[CLIENT_1]]"


PIECES = st.sampled_from(
    [
        *(
            "[",
            "]",
            "[[",
            "]]",
            "@",
            "\\",
            "_",
            " ",
            "\n",
            "— ",
            "CLIENT",
            "client_1",
            "[[CLIENT_1]]",
            "[email 1]",
            "TEL_",
            "1",
            "COMPTE_2",
        ),
        *("lea@exemple.fr", "06 12 34 56 78", "@theo", "commande n° 48213", "Zoé", "zoe", "Zoe\u0301", "ZOÉ Mathieu", "+44 20 7946 0958"),
        *("n° ", "order #", "A-1029", "İ", "ß", "ﬁ", "é", "4970101234567890", "Jean Dupont", "signé "),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join)))
def test_every_text_comes_back_exactly(text: str) -> None:
    standins = StandIns(("Zoé Mathieu", "theo"), ("@maison",))
    assert standins.restore(standins.mask(text)) == text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([(passage, text) for text, passage, _ in HIDDEN]), max_size=6))
def test_nothing_that_was_hidden_is_left(chosen: list[tuple[str, str]]) -> None:
    standins = StandIns(("Zoé Mathieu",))
    masked = standins.mask("\n\n".join(text for _, text in chosen))
    without = masked
    for standin in standins.passages:
        without = without.replace(standin, "")
    assert not [passage for passage, _ in chosen if passage in without]


class Part(BaseModel):
    text: str


class Reply(BaseModel):
    text: str
    parts: list[Part] = []
    facts: dict[str, str] = {}


class Echo:
    """Says back what it reads."""

    name, host = "echo", "localhost"

    def __init__(self) -> None:
        self.read: list[str] = []

    def complete(self, ask: Ask[Any], watch: Watch = UNWATCHED) -> Completion[Any]:
        said = ask.messages[-1].text.removesuffix(f"\n\n{COPY}")
        self.read.append(said)
        if "unusable" in said:
            raise ModelAnswerUnusable("model.not_schema", problem=Message("model.not_schema", {"problem": said}), said=said)
        return Completion(Reply(text=said, parts=[Part(text=said)], facts={said: said}), self.name, self.host, "text")


def ask(text: str) -> Ask[Reply]:
    return Ask((ChatMessage("user", text),), Reply)


def test_a_model_reads_stand_ins_and_its_answer_has_the_names_everywhere() -> None:
    echo = Echo()
    text = "Zoé Mathieu, zoe@exemple.fr"
    done = DiscreetModel(echo, StandIns(("Zoé Mathieu",))).complete(ask(text))
    assert echo.read == ["[[CLIENT_1]], [[EMAIL_1]]"]
    assert done.value == Reply(text=text, parts=[Part(text=text)], facts={text: text})


def test_a_model_is_told_to_copy_the_marks_only_where_there_are_some() -> None:
    asked = ScriptedModel([Reply(text="x")] * 2)
    model = DiscreetModel(asked, StandIns())
    for text in ("a@exemple.fr", "Bonjour"):
        model.complete(ask(text))
    assert [one.messages[-1].text for one in asked.asks] == [f"[[EMAIL_1]]\n\n{COPY}", "Bonjour"]


def test_the_same_request_reads_the_same_whatever_was_asked_before() -> None:
    echo = Echo()
    model = DiscreetModel(echo, StandIns())
    for text in ("a@exemple.fr", "b@exemple.fr", "b@exemple.fr"):
        model.complete(ask(text))
    assert echo.read == ["[[EMAIL_1]]"] * 3


def test_an_unusable_answer_is_handed_on_with_the_names() -> None:
    with pytest.raises(ModelAnswerUnusable) as caught:
        DiscreetModel(Echo(), StandIns()).complete(ask("unusable a@exemple.fr"))
    assert caught.value.values["said"] == "unusable a@exemple.fr"
    assert caught.value.values["problem"] == Message("model.not_schema", {"problem": "unusable a@exemple.fr"})
