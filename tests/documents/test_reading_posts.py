import csv
import io
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents import sheets
from assistant.documents.tables import CommentFile, PostFile, read_comments, read_posts
from assistant.errors import InputError
from assistant.messages import LANGUAGES, render

PARIS = ZoneInfo("Europe/Paris")


def read(text: str | bytes, name: str = "posts.csv", account: str | None = None, network: str | None = None) -> PostFile:
    return read_posts(text.encode() if isinstance(text, str) else text, name, account=account, network=network, time_zone="Europe/Paris")


def workbook(**tabs: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in tabs.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_contract_s_own_headers_are_read() -> None:
    found = read(
        "id,network,account,published_at,text,url,format,likes,comments,shares,saves,clicks,views,impressions,reach,followers\n"
        '1526540472222638081,instagram,velo,2026-07-14 18:30,"La chaîne\nest neuve",https://instagram.com/p/1,Photo,1,2,3,4,5,6,7,8,9\n'
    )
    (post,) = found.posts
    assert (post.id, post.network, post.account, post.text, post.format) == (
        "1526540472222638081",
        "instagram",
        "velo",
        "La chaîne\nest neuve",
        "photo",
    )
    assert post.published_at == datetime(2026, 7, 14, 18, 30, tzinfo=PARIS)
    assert tuple(vars(post.metrics).values()) == (1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert set(found.columns.values()) == set(found.columns)


def test_the_analytics_of_x_are_read() -> None:
    found = read(
        "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,Profile visits,"
        "Detail Expands,"
        'URL Clicks,Hashtag Clicks,Permalink Clicks\n1812345678901234567,"Tue, Jul 14, 2026",Un pneu mou s’use vite,https://x.com/velo/status/1,900,12,'
        "30,4,2,0,5,3,1,1,7,0,0\n"
    )
    (post,) = found.posts
    assert post.id == "1812345678901234567"
    assert post.network == found.network_guess == "x"
    assert post.published_at == datetime(2026, 7, 14, tzinfo=PARIS)
    assert (post.metrics.likes, post.metrics.comments, post.metrics.shares, post.metrics.saves, post.metrics.clicks) == (12, 5, 5, 4, 7)
    assert found.columns["Engagements"] is None


def test_the_overview_of_x_is_refused_with_the_name_of_the_right_export() -> None:
    header = (
        "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,Create Post,Video views"
    )
    with pytest.raises(InputError) as raised:
        read(f"{header}\n2026-07-14,1,2,3,4,5,6,7,8,9,10,11,12\n")
    assert raised.value.id == "table.x_overview"


META = "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,Permalink,"
META += "Post type,Languages,Funded content status,"
META += "Date,Views,Reach,"
META += '"Reactions, Comments and Shares",Reactions,Comments,Shares,Total clicks\n'


def test_meta_s_caption_is_the_longer_of_title_and_description_and_its_dates_are_american() -> None:
    found = read(
        b"\xef\xbb\xbf"
        + (
            META
            + "1,9,Vélo Saugel,Court,Une légende bien plus longue,0,07/04/2026 09:15,,https://www.facebook.com/1,Photos,fr,,Lifetime,100,90,6,3,2,1,8\n"
            "2,9,Vélo Saugel,Un titre plus long que tout,,0,07/14/2026 09:15,,https://www.facebook.com/2,Links,fr,Funded,Lifetime,1,1,0,0,0,0,0\n"
        ).encode()
    )
    assert [post.text for post in found.posts] == ["Une légende bien plus longue", "Un titre plus long que tout"]
    assert found.posts[0].published_at == datetime(2026, 7, 4, 9, 15, tzinfo=PARIS)
    assert found.order == "month_first"
    assert [post.kind for post in found.posts] == ["ordinary", "boosted"]
    assert (found.posts[0].metrics.likes, found.posts[0].metrics.comments, found.posts[0].metrics.clicks) == (3, 2, 8)
    assert found.posts[0].network == "facebook"
    assert found.accounts == {"Vélo Saugel": 2}


def test_french_headers_title_lines_semicolons_and_decimal_commas_are_read() -> None:
    found = read(  # as Excel in French saves it
        "Rapport de juillet;;;\n;;;\nTexte de la publication;Publié le;Réactions;Portée\n"
        "Un pneu mou s’use vite;03/04/2026 18h30;1 234;12,0\n".encode("cp1252")
    )
    (post,) = found.posts
    assert (post.text, post.metrics.likes, post.metrics.reach) == ("Un pneu mou s’use vite", 1234, 12)
    assert post.published_at == datetime(2026, 4, 3, 18, 30, tzinfo=PARIS)


def test_linkedin_s_workbook_is_read_from_its_sheet_of_posts() -> None:
    data = workbook(
        Metrics=[["Date", "Impressions"], ["07/14/2026", 4]],
        Posts=[
            ["All posts"],
            [
                "Post title",
                "Post link",
                "Post type",
                "Created date",
                "Impressions",
                "Clicks",
                "Click through rate (CTR)",
                "Likes",
                "Comments",
                "Reposts",
            ],
            ["Le réseau ouvre deux salles.", "https://www.linkedin.com/feed/1", "Organic", "07/04/2026", 1200, 30, 0.025, 12, 3, 2],
        ],
    )
    (post,) = read(data, "linkedin.xlsx").posts
    assert (post.network, post.metrics.impressions, post.metrics.likes, post.metrics.shares) == ("linkedin", 1200, 12, 2)
    assert post.published_at == datetime(2026, 7, 4, tzinfo=PARIS)


@pytest.mark.parametrize(
    "data",
    [
        "sep=;\ntext;likes\nUn pneu mou s’use vite;3\n".encode("utf-16"),
        "text\tlikes\nUn pneu mou s’use vite\t3\n".encode("utf-16-le"),
        "\ufefftext|likes\r\nUn pneu mou s’use vite|3\r\n".encode(),
        "text;likes\nUn pneu mou s’use vite;3\n".encode("cp1252"),
        "likes,text\n3,Un pneu mou s’use vite\n".encode(),
    ],
    ids=["utf-16, sep", "utf-16 without mark, tabs", "utf-8 with mark, bars", "Windows, semicolons", "utf-8, commas"],
)
def test_encodings_and_delimiters_are_found(data: bytes) -> None:
    (post,) = read(data).posts
    assert (post.text, post.metrics.likes) == ("Un pneu mou s’use vite", 3)


def test_any_file_with_a_column_of_text_works_with_or_without_a_header() -> None:
    assert (
        read("n;mots\n1;Un pneu mou s’use bien plus vite\n2;La chaîne se nettoie à sec\n").posts[0].text
        == "Un pneu mou s’use bien plus vite"
    )
    assert len(read("Un pneu mou s’use bien plus vite\nLa chaîne se nettoie à sec, toujours\n").posts) == 2


def test_an_id_that_is_missing_or_rounded_by_a_spreadsheet_is_made_and_stays_the_same() -> None:
    text = "id,text\n1.52654E+18,La chaîne\n,Le frein\n1.52654E+18,La selle\n"
    first, again = read(text), read(text)
    assert len({post.id for post in first.posts}) == 3
    assert [post.id for post in first.posts] == [post.id for post in again.posts]


def test_bad_rows_are_listed_with_their_number_and_reason_and_the_others_are_kept() -> None:
    found = read(
        "id,text,likes,date,network\n1,Un,3,2026-01-01,x\n2,,3,2026-01-01,x\n3,Trois,beaucoup,2026-01-01,x\n4,Quatre,3,hier,x\n5,Cinq,3,2026-01-01,minitel\n"
        "1,Un,3,2026-01-01,x\n7,Sept,,2026-01-01,x\n8,Huit,4,2026-02-30,x\n"
    )
    assert [post.id for post in found.posts] == ["1", "7"]
    assert [(r.row, r.reason.id) for r in found.rejected] == [
        (3, "row.no_text"),
        (4, "row.figure"),
        (5, "row.date"),
        (6, "row.network"),
        (7, "row.copy"),
        (9, "row.date"),
    ]
    for row in found.rejected:
        for language in LANGUAGES:
            assert "$" not in render(row.reason, language)


def test_a_column_that_only_bears_the_name_of_a_date_or_a_figure_is_left_alone() -> None:
    found = read("text,date,views\nUn,Lifetime,oui\nDeux,Lifetime,non\n")
    assert len(found.posts) == 2
    assert found.columns == {"text": "text", "date": None, "views": None}


SEVERAL = "account,text\nvelo,Un\nVelo,Deux\n@autre,Trois\nautre,Quatre\n,Cinq\n"


def test_a_file_of_several_accounts_asks_which_one_is_meant() -> None:
    with pytest.raises(InputError) as raised:
        read(SEVERAL)
    assert raised.value.id == "posts.several_accounts"
    assert raised.value.values["count"] == 2


def test_only_the_rows_of_the_named_account_are_taken() -> None:
    found = read(SEVERAL, account="@VELO")
    assert [post.text for post in found.posts] == ["Un", "Deux"]
    assert found.rejected == ()
    assert sum(found.accounts.values()) == 4


def test_an_account_that_the_file_does_not_hold_is_refused() -> None:
    with pytest.raises(InputError) as raised:
        read(SEVERAL, account="nobody")
    assert raised.value.id == "posts.no_such_account"


def test_a_brand_s_own_starter_file_may_hold_several_accounts() -> None:
    found = read_posts(SEVERAL.encode(), "posts.csv", account=None, network=None, time_zone="Europe/Paris", several_accounts=True)
    assert len(found.posts) == 5


def test_the_network_is_the_row_s_own_then_the_given_one_then_the_address_s() -> None:
    found = read("text,network,url\nUn,Twitter,\nDeux,,https://www.instagram.com/p/2\n", network="linkedin")
    assert [post.network for post in found.posts] == ["x", "linkedin"]
    assert [post.network for post in read("text,url\nUn,https://www.instagram.com/p/2\n").posts] == ["instagram"]


@pytest.mark.parametrize(
    ("data", "name", "id"),
    [
        (b"", "a.csv", "table.empty"),
        (b"\x00\x00\x00", "a.csv", "table.empty"),
        (b"\xd0\xcf\x11\xe0rest", "a.xls", "table.old_excel"),
        (b"PK\x03\x04broken", "a.xlsx", "table.unreadable"),
        (b"likes,views\n1,2\n", "a.csv", "table.no_text"),
        (b'text,likes\n"Un pneu, 3\nLa chaine, 4\n', "a.csv", "table.quotes"),
        (("text," + ",".join("abc" for _ in range(300)) + "\n").encode(), "a.csv", "table.too_many_columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes, name: str, id: str) -> None:
    with pytest.raises(InputError) as raised:
        read(data, name)
    assert raised.value.id == id
    for language in LANGUAGES:
        assert name in render(raised.value.message, language)


def test_caps_hold_on_bytes_and_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    with pytest.raises(InputError, match=r"table\.too_big"):
        read("text\n" + "x" * 20)
    monkeypatch.undo()
    monkeypatch.setattr(sheets, "MAX_ROWS", 5)
    with pytest.raises(InputError, match=r"table\.too_many_rows"):
        read("text\n" + "Un pneu mou\n" * 60)


def test_a_stray_cell_at_the_far_corner_of_a_sheet_costs_nothing() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"], sheet["XFD1048576"] = "text", "Un pneu mou", "x"
    stream = io.BytesIO()
    book.save(stream)
    started = time.perf_counter()
    assert [post.text for post in read(stream.getvalue(), "a.xlsx").posts] == ["Un pneu mou"]
    assert time.perf_counter() - started < 20


def test_comments_are_read_one_per_row_in_order_with_ids_as_given() -> None:
    found = read_comments(
        "id;commentaire;auteur;date\n7;Bravo;Léa;2026-07-14\n7;Bravo;Léa;2026-07-14\n;Où est mon vélo ?;Sam;\n"
        ";Où est mon vélo ?;Sam;\n9;;Ada;\n".encode(),
        "c.csv",
        time_zone="Europe/Paris",
    )
    assert [c.text for c in found.comments] == ["Bravo", "Bravo", "Où est mon vélo ?", "Où est mon vélo ?"]
    assert [c.id for c in found.comments[:2]] == ["7", "7"]
    assert len({c.id for c in found.comments[2:]}) == 2
    assert found.comments[0].author == "Léa"
    assert [(r.row, r.reason.id) for r in found.rejected] == [(6, "row.no_text")]


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_clear_refusal(data: bytes) -> None:
    readers: list[Callable[[], PostFile | CommentFile]] = [
        lambda: read(data),
        lambda: read_comments(data, "c.csv", time_zone="Europe/Paris"),
    ]
    for reader in readers:
        said = "read"
        try:
            reader()
        except InputError as error:
            said = render(error.message, "fr")
        assert said


@given(st.lists(st.text(min_size=1, max_size=40).filter(lambda t: t.strip() and "\x00" not in t and "\r" not in t), min_size=1, max_size=8))
def test_texts_are_stored_whole_and_unchanged(texts: list[str]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["id", "text"])
    writer.writerows((str(n), text) for n, text in enumerate(texts))
    try:
        data = stream.getvalue().encode()
    except UnicodeEncodeError:
        return
    found = read(data)
    assert [post.text for post in found.posts] == texts


def test_one_row_with_an_impossible_date_or_figure_is_listed_and_the_others_are_read() -> None:
    found = read(
        "id,text,published_at,likes\n"
        "1,bon,2026-03-01 12:00,3\n2,sans date,0001-01-01T00:00:00,3\n"
        "3,trop,2026-03-01 12:00,99999999999999999999\n4,bon aussi,2024-02-29,4\n"
    )
    assert [post.id for post in found.posts] == ["1", "4"]
    assert [(row.row, row.reason.id) for row in found.rejected] == [(3, "row.date"), (4, "row.figure")]
