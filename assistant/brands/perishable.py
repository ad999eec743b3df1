"""What a line that is used again and again must not hold: a fact that passes, or a promise.

Facts come from the brief or from `facts.yaml`, valid on the day; a line has no date and would state them for ever.
"""

import regex

from assistant.messages import Language

_DAYS_FR = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_MONTHS_FR = "janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAYS_EN = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS_EN = "january|february|april|june|july|august|september|october|november|december"
_NUMBERS_FR = "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quelques"
_NUMBERS_EN = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|few"

_SIGNS = r"\p{N}|[€$£%‰]"
_FR = rf"""
    \b(?:{_DAYS_FR}|{_MONTHS_FR})s?\b | \ben\ (?:mars|mai)\b
  | \baujourd['’]hui\b | \bdemain\b | \bhier\b | \baprès-demain\b | \bce\ (?:soir|matin|midi|mois|week-?end|weekend)\b
  | \bcette\ (?:semaine|année|saison|nuit)\b | \bcet\ (?:été|hiver|automne|après-midi)\b | \bce\ printemps\b
  | \b(?:la\ semaine|l['’]année|le\ mois)\ prochaine?\b | \bbientôt\b | \bprochainement\b | \bsous\ peu\b | \btout\ juste\ sortie?s?\b
  | \bdès\ maintenant\b | \bjusqu['’](?:au|à)\ (?:la\ fin|épuisement|ce|demain|{_DAYS_FR})\b
  | \b(?:{_NUMBERS_FR})\ (?:minutes?|heures?|jours?|semaines?|mois|ans?|années?)\b
  | \bdernières?\ places\b | \b(?:en|hors|du)\ stock\b | \bstocks?\ limités?\b | \bquantités?\ limitées?\b
  | \b(?:livraison|frais\ de\ port|port)s?\ (?:gratuite?|offerte?)s?\b | \bcode\ promo\b | \bpromos?\b | \bpromotions?\b | \bsoldes?\b
  | \bpromis\b | \bpromett(?:ons|e|re|ent)\b | \bpromesses?\b | \bpromets\b | \bgaranti(?:e|es|s|r|t|ssons|ssent)?\b
  | \bs['’]engage\b | \bnous\ engageons\b | \brembours(?:é|ée|és|ées|ons|e|er|ement|ements)\b
"""
_EN = rf"""
    \b(?:{_DAYS_EN})s?\b | \b(?:{_MONTHS_EN})\b | \bin\ (?:march|may)\b
  | \btoday\b | \btomorrow\b | \btonight\b | \byesterday\b | \bthis\ (?:morning|afternoon|evening|week|weekend|month|year|season)\b
  | \bthis\ (?:summer|winter|spring|autumn|fall)\b | \bnext\ (?:week|weekend|month|year|season)\b
  | \bsoon\b | \bshortly\b | \bany\ day\ now\b | \bright\ now\b
  | \bjust\ (?:landed|arrived|launched)\b
  | \buntil\ (?:the\ end|further|stocks|{_DAYS_EN})\b | \b(?:{_NUMBERS_EN})\ (?:minutes?|hours?|days?|weeks?|months?|years?)\b
  | \blast\ few\b | \b(?:in|out\ of)\ stock\b | \bwhile\ (?:stocks?|they|it)\ lasts?\b | \bsold\ out\b | \blimited\ (?:stock|edition|time)\b
  | \bfree\ (?:shipping|delivery|returns?)\b | \bpromo\ code\b | \bdiscounts?\b | \bon\ sale\b
  | \bpromis(?:e|es|ed|ing)\b | \bguarante(?:e|es|ed|eing)\b | \brefund(?:s|ed|able)?\b | \bwithout\ fail\b
"""
_PATTERNS: dict[Language, regex.Pattern[str]] = {
    "fr": regex.compile(f"{_SIGNS}|{_FR}", regex.IGNORECASE | regex.VERBOSE),
    "en": regex.compile(f"{_SIGNS}|{_EN}", regex.IGNORECASE | regex.VERBOSE),
}
_AMOUNT = regex.compile(
    r"\p{N}[\s\u00a0\u202f]*(?:€|euros?\b|eur\b|\$|£|%|‰)|[€$£][\s\u00a0\u202f]*\p{N}"
    r"|\b\p{N}{1,2}[\s\u00a0\u202f]*(?:h(?:\b|\p{N})|heures?\b|[ap]\.?m\b)|\b\p{N}{1,2}:\p{N}{2}\b",
    regex.IGNORECASE,
)


def perishable(text: str, language: Language) -> str:
    """The first words of `text` that pass with time or promise something; empty when there are none."""
    found = _PATTERNS[language].search(text.replace("\u00a0", " ").replace("\u202f", " "))
    return found.group() if found else ""


def states_an_amount(text: str) -> bool:
    """Whether `text` gives a price, a share or an hour: values that change while their name stays."""
    return _AMOUNT.search(text) is not None
