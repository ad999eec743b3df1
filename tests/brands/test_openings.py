import pytest

from assistant.brands.closings import asks, closing_of
from assistant.brands.openings import opening_of
from assistant.messages import Language

FRENCH = [
    ("12 000 € pour refaire un toit.", "figure"),
    ("Plus de trente vélos attendent.", "figure"),
    ("Trois vélos sur quatre roulent sous-gonflés.", "figure"),
    ("Samir répare ton vélo pendant que tu bois un café.", "name"),
    ("🔴 DIRECT | Jeanne Aubry ouvre la séance", "name"),
    ("@atelier_basse ferme ses portes", "name"),
    ("« Je ne pensais pas revenir », dit Anne.", "quotation"),
    ("« Vélo » est un mot court.", "statement"),
    ("Un pneu mou crève-t-il plus vite ?", "question"),
    ("Ce matin, il gelait dans l’atelier.", "scene"),
    ("À Colmar, tout le monde roule.", "scene"),
    ("Samedi 12 mars, bourse aux vélos", "scene"),
    ("9 h, la porte s’ouvre.", "scene"),
    ("En effet, tout va bien.", "statement"),
    ("Passe à l’atelier.", "instruction"),
    ("Venez avec votre casque.", "instruction"),
    ("Rendez-vous à l’atelier.", "statement"),
    ("Chez nous, on répare.", "scene"),
    ("Bourse aux vélos : on ouvre les portes", "statement"),
    ("Merci à Samir.", "statement"),
    ("Le pneu est mou.", "statement"),
    ("🚲 #Atelier : Le pneu est mou.", "statement"),
    ("", "statement"),
    ("https://exemple.fr #velo 🚲", "statement"),
]
ENGLISH = [
    ("Thirty pans a day, no more.", "figure"),
    ("Only 12 pans left the forge.", "figure"),
    ("Ada makes pans in a shed.", "name"),
    ("Dr. Lowe looked at the handle.", "name"),
    ("“It outlived my marriage,” says Ada.", "quotation"),
    ("Why does it rust?", "question"),
    ("On Monday the forge is cold.", "scene"),
    ("In a shed behind the station, somebody hammers.", "scene"),
    ("In fact, it rusts.", "statement"),
    ("Meet the new handle.", "instruction"),
    ("Don’t wash it.", "instruction"),
    ("Watch is over.", "statement"),
    ("The pan is back.", "statement"),
]


@pytest.mark.parametrize(("text", "kind"), FRENCH, ids=[t[0][:25] for t in FRENCH])
def test_a_french_opening_is_told(text: str, kind: str) -> None:
    assert opening_of(text, "fr") == kind


@pytest.mark.parametrize(("text", "kind"), ENGLISH, ids=[t[0][:25] for t in ENGLISH])
def test_an_english_opening_is_told(text: str, kind: str) -> None:
    assert opening_of(text, "en") == kind


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Il neige. La porte est ouverte.", "fr", "statement"),
        ("Il neige. Vous venez ?", "fr", "question"),
        ("Il neige !", "fr", "exclamation"),
        ("Tout est là 👇", "fr", "pointer"),
        ("Tout est là :", "fr", "pointer"),
        ("Elle a dit « non »", "fr", "statement"),
        ("Il neige. Passez nous voir.", "fr", "call_to_action"),
        ("Les photos sont là, lien en bio.", "fr", "call_to_action"),
        ("À suivre…", "fr", "call_to_action"),
        ("Et puis…", "fr", "ellipsis"),
        ("It snows. Book a table.", "en", "call_to_action"),
        ("It snows.", "en", "statement"),
    ],
)
def test_a_closing_is_told(text: str, language: Language, kind: str) -> None:
    assert closing_of(text, language) == kind
    assert asks(text, language) == (kind == "call_to_action")
