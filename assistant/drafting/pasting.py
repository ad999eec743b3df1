"""What a person typed in a box or pasted from elsewhere, line by line, as fields of a brief. Nothing is guessed from meaning:
labels that stand in the text, links, and « name : value » lines; whatever remains is a key point, word for word. A greeting or
a word to the desk is no subject: it stays among the key points, where the writer says that it leaves it out."""

import re
from typing import Any

from assistant.drafting.builtin.parting import parted
from assistant.messages import LANGUAGES
from assistant.networks.links import written_links
from assistant.text import clean, fold

PAIR = re.compile(r"^(?P<name>[^:\n]{1,40}?)[\s\u00a0\u202f]*:(?!//)[\s\u00a0\u202f]*(?P<value>.*)$")
BULLET = re.compile(r"^\s*(?:[-–—•*▪◦]|\d{1,2}[.)])\s+")

LABELS: dict[str, tuple[str, ...]] = {
    "subject": ("sujet", "objet", "titre", "theme", "subject", "title", "topic", "re"),
    "key_points": ("points", "points cles", "message", "messages", "a dire", "key points", "points to make", "say"),
    "link": ("lien", "url", "site", "link", "website"),
    "audience": ("cible", "public", "audience", "target"),
    "must_include": ("a mentionner", "mentions obligatoires", "must include", "must mention"),
    "avoid": ("a eviter", "eviter", "avoid", "do not say"),
    "tone": ("ton", "tone"),
    "first_words": ("accroche", "premiers mots", "hook", "first words"),
}
FACTS = frozenset(
    {
        *("date", "quand", "jour", "heure", "heures", "horaire", "horaires", "lieu", "ou", "adresse", "prix", "tarif", "tarifs", "duree"),
        *("echeance", "deadline"),
        *("places", "conditions", "inscription", "contact", "code", "stock"),
        *("when", "day", "time", "hours", "place", "where", "venue", "address", "price", "cost", "duration", "seats", "booking"),
    }
)
"""First words of labels that announce a fact, folded."""


def lines_of(typed: str) -> list[str]:
    """One point a line; bullets and numbers in front of it are layout, not words."""
    return [point for line in (typed or "").splitlines() if (point := BULLET.sub("", clean(line)).strip())]


def pairs_of(typed: str) -> dict[str, str]:
    """« name : value » lines in order; a line without a colon keeps its place with an empty value, so that nothing is lost."""
    pairs: dict[str, str] = {}
    for line in lines_of(typed):
        match = PAIR.match(line)
        name, value = (match["name"].strip(), match["value"].strip()) if match else (line, "")
        pairs[name if name not in pairs else f"{name} ({len(pairs) + 1})"] = value
    return pairs


def from_pasted(pasted: str) -> dict[str, Any]:
    """The fields of a brief in a pasted message: labels where there are some, the first line as subject, the rest as key points."""
    fields: dict[str, Any] = {"key_points": [], "facts": {}, "must_include": [], "avoid": []}
    section = ""
    for line in lines_of(pasted):
        name, value, field = _labelled(line)
        if field:
            section = field if field in ("key_points", "must_include", "avoid") else ""
            if value:
                _put(fields, field, value)
        elif name and fold(name).split()[0] in FACTS:
            fields["facts"][name] = value
            section = ""
        elif section:
            fields[section].append(line)
        elif not fields.get("subject"):
            fields["subject"], courtesies = _without_courtesies(line)
            fields["key_points"] += courtesies
        else:
            _point(fields, line)
    return {field: value for field, value in fields.items() if value}


def _without_courtesies(line: str) -> tuple[str, list[str]]:
    """What a first line says to readers, and what it says to the desk."""
    for language in LANGUAGES:
        parts = parted(line, language, mail=True)
        if courtesies := [part.text for part in parts if not part.kept]:
            return " ".join(part.text for part in parts if part.kept), courtesies
    return line, []


def _labelled(line: str) -> tuple[str, str, str]:
    match = PAIR.match(line)
    if not match:
        return "", "", ""
    name, value = match["name"].strip(), match["value"].strip()
    known = next((field for field, labels in LABELS.items() if fold(name) in labels), "")
    return name, value, known


def _put(fields: dict[str, Any], field: str, value: str) -> None:
    if isinstance(fields.get(field), list):
        fields[field].append(value)
    else:
        fields[field] = value


def _point(fields: dict[str, Any], line: str) -> None:
    """A link alone on its line is the link; anything else is a key point."""
    found = written_links(line)
    if len(found) == 1 and found[0].url == line and not fields.get("link"):
        fields["link"] = line
    else:
        fields["key_points"].append(line)
