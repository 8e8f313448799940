"""Style and scripts as they reach the browser."""

import gzip

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from spreekruimte.look.serving import TextMiddleware

STYLE = "look/site.css"


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


def read(response: HttpResponseBase) -> bytes:
    return b"".join(response)


def test_an_address_tells_the_content() -> None:
    address = staticfiles_storage.url(STYLE)
    assert address.startswith(f"/static/{STYLE}?v=")
    assert staticfiles_storage.url("look/theme.css").split("=")[1] != address.split("=")[1]


def test_a_file_that_is_not_there_has_no_address() -> None:
    with pytest.raises(ValueError, match=r"look/absent\.css"):
        staticfiles_storage.url("look/absent.css")


def test_a_file_is_there_without_being_collected_and_may_be_kept(client: Client) -> None:
    response = client.get(staticfiles_storage.url(STYLE))
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response.headers
    assert b".site-header" in read(response)


def test_a_file_travels_compressed(client: Client) -> None:
    address = staticfiles_storage.url("look/design-system.css")
    plain = read(client.get(address))
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    content = read(packed)
    assert gzip.decompress(content) == plain
    assert len(content) < 20_000 < len(plain)


def test_a_part_of_a_file_is_that_part(client: Client) -> None:
    response = client.get(
        staticfiles_storage.url(STYLE), headers={"Range": "bytes=0-9", "Accept-Encoding": "gzip"}
    )
    assert response.status_code == 206
    assert "Content-Encoding" not in response.headers
    assert len(read(response)) == 10


def test_what_the_browser_has_is_not_sent_again(client: Client) -> None:
    address = staticfiles_storage.url(STYLE)
    first = client.get(address)
    assert read(first)
    again = client.get(
        address, headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"}
    )
    assert again.status_code == 304
    assert read(again) == b""


def test_nothing_outside_the_folders_is_served(client: Client) -> None:
    for path in ("/static/../settings.py", "/static/look/..%2f..%2fapps.py", "/static/look/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/zstd"])
def test_what_is_compressed_already_is_left_alone(kind: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    answer = HttpResponse(b"x" * 1000, content_type=kind)
    response = TextMiddleware(lambda _request: answer).process_response(request, answer)
    assert "Content-Encoding" not in response.headers


def test_a_page_travels_compressed(client: Client) -> None:
    response = client.get("/how-it-works/", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 5_000
