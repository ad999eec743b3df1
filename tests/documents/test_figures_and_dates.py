from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from assistant.documents.dates import Order, Reader, order_of
from assistant.documents.figures import count_of

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("", None),
        ("—", None),
        ("n/a", None),
        ("0", 0),
        ("412", 412),
        ("1 234", 1234),
        ("1\u202f234\u00a0567", 1234567),
        ("1,234", 1234),
        ("1.234.567", 1234567),
        ("1,234.50", 1234),
        ("1.234,50", 1234),
        ("12,5", 12),
        ("10172891.0", 10172891),
        ("1.2K", 1200),
        ("3,4 k", 3400),
        ("2M", 2_000_000),
        ("1’234", 1234),
        ("0.125", 0),
    ],
)
def test_a_figure_is_read_as_people_and_exports_write_it(text: str, figure: int | None) -> None:
    assert count_of(text) == figure


@pytest.mark.parametrize("text", ["beaucoup", "12 likes", "-3", "1e9", "=1+1", "12%"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        count_of(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-07-14", datetime(2026, 7, 14, tzinfo=PARIS)),
        ("2026-07-14 18:30:05", datetime(2026, 7, 14, 18, 30, 5, tzinfo=PARIS)),
        ("2026-07-14T18:30:05.123Z", datetime(2026, 7, 14, 18, 30, 5, tzinfo=UTC)),
        ("2026-07-14T18:30+02:00", datetime(2026, 7, 14, 18, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("2026/07/14", datetime(2026, 7, 14, tzinfo=PARIS)),
        ("14/07/2026 18h30", datetime(2026, 7, 14, 18, 30, tzinfo=PARIS)),
        ("14/07/26", datetime(2026, 7, 14, tzinfo=PARIS)),
        ("14.07.2026 06:05 PM", datetime(2026, 7, 14, 18, 5, tzinfo=PARIS)),
        ("mardi 14 juillet 2026 à 18:30", datetime(2026, 7, 14, 18, 30, tzinfo=PARIS)),
        ("1er août 2026", datetime(2026, 8, 1, tzinfo=PARIS)),
        ("14 févr. 2026", datetime(2026, 2, 14, tzinfo=PARIS)),
        ("Tue, Jul 14, 2026", datetime(2026, 7, 14, tzinfo=PARIS)),
        ("July 14, 2026 at 9:30 pm", datetime(2026, 7, 14, 21, 30, tzinfo=PARIS)),
        ("Wed Oct 10 20:19:24 +0000 2018", datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)),
        ("12/04/2023 02:32 PM EST -0500", datetime(2023, 4, 12, 14, 32, tzinfo=timezone(timedelta(hours=-5)))),
        ("2023-04-12 09:00 EST", datetime(2023, 4, 12, 9, tzinfo=timezone(timedelta(hours=-5)))),
        ("1784046600", datetime.fromtimestamp(1784046600, UTC)),
        ("1784046600000", datetime.fromtimestamp(1784046600, UTC)),
    ],
)
def test_an_explicit_date_is_read(text: str, moment: datetime) -> None:
    assert Reader("Europe/Paris").read(text) == moment


@pytest.mark.parametrize("text", ["Jeu concours", "jeudi", "demain", "Lifetime", "2026-13-01", "2026-02-30", "31/02/2026", "12", "2026"])
def test_nothing_is_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Reader("Europe/Paris").read(text)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-01-01T10:00:00+25:00"]
)
def test_what_a_program_writes_where_it_has_no_date_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Reader("Europe/Paris").read(text)


@pytest.mark.parametrize("text", ["2024-02-29 12:00", "2026-03-29 02:30", "2026-10-25 02:30", "2025-12-31T23:59:59-05:00"])
def test_leap_days_clock_changes_and_the_turn_of_the_year_have_a_moment(text: str) -> None:
    assert Reader("Europe/Paris").read(text).astimezone(UTC).year in (2024, 2026)


def test_the_hour_may_stand_in_a_column_of_its_own() -> None:
    assert Reader("Europe/Paris").read("2022-05-17", "12:29:44", utc=True) == datetime(2022, 5, 17, 12, 29, 44, tzinfo=UTC)


@pytest.mark.parametrize(
    ("texts", "usual", "order"),
    [
        (["03/04/2026", "14/04/2026"], "month_first", "day_first"),
        (["03/04/2026", "04/14/2026"], "day_first", "month_first"),
        (["03/04/2026"], "month_first", "month_first"),
        (["03/04/2026"], "day_first", "day_first"),
        (["2026-04-14"], "day_first", "day_first"),
    ],
)
def test_one_date_that_reads_only_one_way_decides_for_the_file(texts: list[str], usual: Order, order: Order) -> None:
    assert order_of(texts, usual) == order
