"""Feeds as the world writes them are read, and what could do harm is refused."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ophef.feeds.newsroom import item, rss
from tests.organisations.people import NOW

from spreekruimte.ophef.feeds.items import MOST_BYTES, Item, Reading, article_of, read_items
from spreekruimte.ophef.feeds.problems import FeedError
from spreekruimte.ophef.models import Feed

HOME = "https://news.example/feed"
RDF = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>News</title><link>https://news.example/</link>
</channel>
<item rdf:about="https://news.example/1"><title>A plan</title><link>https://news.example/1</link>
<description>More</description><dc:date>2026-11-20T10:00:00+01:00</dc:date></item>
</rdf:RDF>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/in/">
<title>News</title><id>x</id><updated>2026-11-22T10:00:00Z</updated>
<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>plan</b></div></title>
<link rel="self" href="https://elsewhere.example/"/><link href="1"/><id>tag:news.example,1</id>
<source><title>Another</title><id>y</id><updated>2020-01-01T10:00:00Z</updated></source>
<updated>2026-11-21T10:00:00Z</updated><published>2026-11-20T10:00:00+01:00</published>
<summary>More</summary></entry></feed>"""
SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/1</loc>
<lastmod>2026-11-21</lastmod><image:image><image:loc>https://news.example/1.png</image:loc>
</image:image><news:news><news:publication><news:name>News</news:name></news:publication>
<news:publication_date>2026-11-20T10:00:00+01:00</news:publication_date>
<news:title>A plan</news:title><news:keywords>More</news:keywords></news:news></url></urlset>"""
RSS = b"""<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>News</title>
<image><title>Logo</title></image><item><link>https://news.example/1</link>
<media:content><media:title>A plan</media:title></media:content><description>More</description>
<pubDate>Fri, 20 Nov 2026 10:00:00 +0100</pubDate></item></channel></rss>"""


def read(content: bytes) -> Reading:
    return read_items(content, address=HOME, now=NOW)


def only(content: bytes) -> Item:
    (found,) = read(content).items
    return found


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RSS, Feed.Kind.RSS),
        (RDF, Feed.Kind.RSS),
        (ATOM, Feed.Kind.ATOM),
        (SITEMAP, Feed.Kind.SITEMAP),
    ],
    ids=["RSS 2.0 with media", "RSS 1.0", "Atom", "news sitemap"],
)
def test_each_kind_of_feed_is_read(content: bytes, kind: Feed.Kind) -> None:
    reading = read(content)
    (found,) = reading.items
    assert (reading.kind, reading.fault, reading.empty) == (kind, "", 0)
    assert (found.title, found.summary) == ("A plan", "More")
    assert found.address == (
        "https://news.example/in/1" if kind == Feed.Kind.ATOM else "https://news.example/1"
    )
    assert found.published_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert found.wrong_date is None


# What an item is


def test_an_item_without_a_guid_is_known_by_its_address_and_without_that_by_its_title() -> None:
    by_address = only(rss([item(1, guid="")]))
    assert by_address.digest == by_address.article == article_of("https://news.example/1")
    by_title = only(rss([item(1, guid="", link="")]))
    assert (by_title.article, by_title.address) == ("", "")
    assert by_title.digest != only(rss([item(1, guid="", link="", title="Another")])).digest


def test_a_guid_that_is_an_address_stands_in_for_the_link() -> None:
    guid = "<item><title>A plan</title><guid>https://news.example/1</guid></item>"
    assert only(rss([guid])).address == "https://news.example/1"


def test_an_item_that_stands_in_a_feed_twice_is_one() -> None:
    found = read(rss([item(1, title="First"), item(2), item(1, title="Again")])).items
    assert [each.title for each in found] == ["First", "A plan"]


def test_items_that_all_have_one_guid_are_told_apart_by_their_address() -> None:
    assert len(read(rss([item(number, guid="0") for number in range(3)])).items) == 3


def test_an_entry_that_says_nothing_is_counted_and_left_out() -> None:
    reading = read(rss([item(1), "<item><pubDate>today</pubDate></item>"]))
    assert (len(reading.items), reading.empty) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        "http://www.news.example/1",
        "https://NEWS.example/1/",
        "https://news.example/1#top",
        "https://news.example/1?utm_source=rss&utm_medium=feed",
        "https://news.example:443/1",
    ],
)
def test_ways_to_one_article_are_one_article(other: str) -> None:
    assert article_of(other) == article_of("https://news.example/1")


def test_other_articles_are_others() -> None:
    places = ["/1", "/2", "/1?page=2", ":8080/1", ""]
    assert len({article_of(f"https://news.example{place}") for place in places}) == len(places)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "http://[::1", "https://a:b@news.example/", "x" * 3000]
)
def test_what_is_no_address_is_left_out_and_the_item_stays(link: str) -> None:
    assert only(rss([item(1, link=link)])).address == ""


def test_an_address_that_is_broken_over_lines_or_has_a_space_is_mended() -> None:
    assert only(rss([item(1, link="\n https://news.example/a b\n")])).address == (
        "https://news.example/a%20b"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("A &lt;b&gt;plan&lt;/b&gt;", "A plan"),
        ("<![CDATA[A <i>plan</i> &amp; more]]>", "A plan & more"),
        ("Caf&eacute; &nbsp; plan", "Café plan"),
        ("Fish & chips", "Fish & chips"),
        ("A&unknown;plan", "A&unknown;plan"),
        ("A &#0; plan &#xD800;", "A \ufffd plan \ufffd"),
        ("A \x0b plan", "A \ufffd plan"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_a_title_is_plain_text(written: str, shown: str) -> None:
    content = f"<rss><channel><item><title>{written}</title></item></channel></rss>"
    assert only(content.encode()).title == shown


def test_an_ampersand_in_a_literal_address_stays_one() -> None:
    link = "<item><link><![CDATA[https://news.example/?a=1&b=2]]></link></item>"
    assert only(rss([link])).address == "https://news.example/?a=1&b=2"


# Dates


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 20 Nov 2026 09:00:00 GMT",
        "vr, 20 november 2026 10:00:00 +0100",
        "20 Nov 2026 10:00:00",
        "Mon, 20 Nov 2026 09:00:00 -0000",
        "2026-11-20T10:00:00+01:00",
        "2026-11-20 10:00",
        "2026-11-20T09:00:00.5Z",
    ],
)
def test_a_date_is_read_in_any_common_way(date: str) -> None:
    found = only(rss([item(1, at=date)]))
    assert found.published_at.replace(microsecond=0) == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert found.wrong_date is None


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2026-11", datetime(2026, 10, 31, 23, tzinfo=UTC)),
        ("3 maart 2026 00:00", datetime(2026, 3, 2, 23, tzinfo=UTC)),
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
    ],
)
def test_a_date_without_a_time_is_its_first_moment_here(date: str, moment: datetime) -> None:
    assert only(rss([item(1, at=date)])).published_at == moment


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "32 Nov 2026 10:00:00 GMT",
        "Fri, 20 Nov 1970 10:00:00 GMT",
        "0001-01-01T00:00:00+23:00",
        "9999-12-31T23:59:59-23:00",
        "Fri, 20 Nov 2026 10:00:00 +9999999999",
        "2026-11-24T12:00:00Z",
        "9" * 5000,
        "\u0662\u0660 Nov 2026",
    ],
)
def test_an_item_with_a_wrong_date_gets_the_time_of_polling_and_is_marked(date: str) -> None:
    found = only(rss([item(1, at=date)]))
    assert found.published_at == NOW
    assert found.wrong_date == date


def test_a_second_date_stands_in_for_a_wrong_one() -> None:
    dated = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>
    <published>soon</published><updated>2026-11-20T09:00:00Z</updated></entry></feed>"""
    assert only(dated).published_at == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_clock_that_is_a_little_ahead_is_right() -> None:
    ahead = NOW + timedelta(minutes=4)
    assert only(rss([item(1, at=ahead)])).published_at == ahead


# Encodings

DUTCH = "Reünie in Curaçao: ‘€ 5’"


@pytest.mark.parametrize(
    "content",
    [
        rss([item(1, title=DUTCH)]),
        rss([item(1, title=DUTCH)], encoding="windows-1252"),
        rss([item(1, title=DUTCH)], encoding="utf-16"),
        rss([item(1, title=DUTCH)], encoding="utf-16-le"),
        b"\xef\xbb\xbf" + rss([item(1, title=DUTCH)]),
        rss([item(1, title=DUTCH)]).replace(b'"utf-8"', b'"iso-8859-1"'),
        rss([item(1, title=DUTCH)]).replace(b'"utf-8"', b'"nonsense"'),
        rss([item(1, title=DUTCH)], encoding="cp1252").replace(b'"cp1252"', b'"utf-8"'),
        rss([item(1, title=DUTCH)], encoding="cp1252").replace(b'"cp1252"', b'"iso-8859-1"'),
        rss([item(1, title=DUTCH)], encoding="cp1252").replace(b'"cp1252"', b'"idna"'),
        gzip.compress(rss([item(1, title=DUTCH)])),
    ],
    ids=[
        *("UTF-8", "Windows-1252", "UTF-16", "UTF-16 without a mark", "with a mark"),
        *("wrongly Latin 1", "an unknown one", "wrongly UTF-8", "Windows as Latin 1"),
        *("one of Python", "packed"),
    ],
)
def test_whatever_a_feed_says_of_its_encoding_its_text_is_right(content: bytes) -> None:
    assert only(content).title == DUTCH


def test_of_mixed_encodings_each_line_is_right() -> None:
    first, second = rss([item(1, title=DUTCH), item(2, title=DUTCH)]).split(b"</item>", 1)
    mixed = first + b"</item>" + second.decode().encode("cp1252")
    assert [each.title for each in read(mixed).items] == [DUTCH, DUTCH]


def test_other_alphabets_are_read_as_declared() -> None:
    assert only(rss([item(1, title="Новости")], encoding="koi8-r")).title == "Новости"


# What could do harm

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>
<rss><channel><item><title>&l9;</title></item></channel></rss>""".encode()
LARGE = f"""<!DOCTYPE rss [<!ENTITY a "{"x" * 100_000}">]><rss><channel><item>
<title>{"&a;" * 1000}</title></item></channel></rss>""".encode()
EXTERNAL = b"""<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&secret;</title></item></channel></rss>"""
PARAMETER = b"""<!DOCTYPE rss [<!ENTITY % more SYSTEM "http://127.0.0.1:1/x.dtd"> %more;]>
<rss><channel><item><title>A plan</title></item></channel></rss>"""


@pytest.mark.parametrize(
    "content",
    [BOMB, LARGE, EXTERNAL, PARAMETER, BOMB.decode().encode("utf-16")],
    ids=["billion laughs", "quadratic", "external", "parameter", "in UTF-16"],
)
def test_entities_are_refused_before_one_is_unfolded(content: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(FeedError, match="XML") as refused:
        read(content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == "entities"
    assert most < 20 * len(content) + 1_000_000


def test_a_document_type_without_entities_is_read() -> None:
    old = b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">'
    assert only(old + rss([item(1)]).split(b"?>", 1)[1]).title == "A plan"


def test_what_unpacks_into_too_much_is_refused() -> None:
    with pytest.raises(FeedError, match="larger than") as refused:
        read(gzip.compress(b" " * (MOST_BYTES + 1)))
    assert refused.value.code == "large"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_feed"),
        (b"   ", "not_a_feed"),
        (b"no feed at all", "not_a_feed"),
        (b"<!DOCTYPE html><html><body><p>404<br></body></html>", "not_a_feed"),
        (b'{"items": []}', "not_a_feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_feed"),
        (b"\x1f\x8bbroken", "not_a_feed"),
        (b"<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>", "index"),
    ],
)
def test_what_is_no_feed_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(FeedError) as refused:
        read(content)
    assert refused.value.code == code


def test_what_stands_before_a_fault_is_read() -> None:
    whole = rss([item(number) for number in range(10)])
    reading = read(whole[: whole.index(b"guid-7")])
    assert len(reading.items) == 7
    assert "line 10" in reading.fault


def test_deep_nesting_is_no_trouble() -> None:
    deep = "<a>" * 200_000 + "</a>" * 200_000
    assert only(rss([item(1).replace("</item>", f"{deep}</item>")])).title == "A plan"


@given(st.binary(max_size=400), st.integers(0, 3000))
def test_no_bytes_lead_to_anything_but_items_or_a_refusal(spoiled: bytes, place: int) -> None:
    whole = rss([item(number, title=DUTCH) for number in range(8)])
    for content in (spoiled, whole[:place] + spoiled + whole[place + len(spoiled) :]):
        try:
            reading = read(content)
        except FeedError:
            continue
        for each in reading.items:
            assert len(each.digest) == 64
            assert not {"\x00", "\n"} & set(each.title)
            assert each.published_at <= NOW + timedelta(minutes=5)
