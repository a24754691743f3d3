"""The pictures beside links: made here, of any name, kept until the edition changes."""

import io

import pytest
from django.test import Client
from PIL import Image

from movies.models import RankingState
from pages.sharing import drawing
from pages.sharing import world as shapes
from pages.sharing.drawing import Words, draw_country, draw_places, draw_world
from tests.html import load
from tests.sample_films import MARKUP, sample_films
from tools.sandbox.sources import Films

PICTURES = ["/share/world.png", "/share/countries/JP.png", "/share/films/101.png"]
# What a chosen country is drawn in, as near as the palette comes to it.
CHOSEN, NEAR = (31, 116, 102), 24


@pytest.fixture(scope="module")
def world() -> Films:
    return sample_films()


def opened(body: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(body))
    assert picture.format == "PNG"
    assert picture.size == (1200, 630)
    return picture.convert("RGB")


def chosen_pixels(picture: Image.Image) -> int:
    """On the map, at the right."""
    found = picture.crop((640, 0, 1200, 630)).getcolors(1_000_000) or []
    return sum(
        number
        for number, colour in found
        if isinstance(colour, tuple)
        and all(abs(one - other) < NEAR for one, other in zip(colour, CHOSEN, strict=True))
    )


@pytest.mark.parametrize("address", PICTURES)
def test_a_picture_has_the_size_that_is_shown_whole(
    client: Client, catalogue: None, address: str
) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert len(answer.content) < 150_000
    opened(answer.content)


@pytest.mark.parametrize("address", PICTURES)
def test_who_has_it_is_told_so_until_the_edition_changes(
    client: Client, catalogue: None, address: str
) -> None:
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    state = RankingState.current()
    RankingState.objects.update(version=state.version + 1)

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/share/countries/ZZ.png", "/share/countries/jp.png", "/share/countries/%00.png",
        "/share/countries/JP/.png", "/share/films/99999.png", f"/share/films/{'9' * 30}.png",
        "/share/films/x.png",
    ],
)  # fmt: skip
def test_of_what_is_not_there_there_is_no_picture(
    client: Client, catalogue: None, address: str
) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_before_the_first_ranking_there_is_the_sites_own(client: Client) -> None:
    answer = client.get("/share/world.png")

    assert answer.status_code == 200
    assert "ETag" not in answer
    opened(answer.content)


@pytest.mark.parametrize(
    "title",
    [
        "", "A", "東京物語", "الفيلم", "x" * 200, "word " * 40, MARKUP, "\u202etxet", "\0", "🎬",
        "a\u0301" * 100,
    ],
)  # fmt: skip
def test_a_title_of_any_kind_is_drawn_or_left_out(title: str) -> None:
    opened(draw_places(Words(title, title, (title, title, title)), ["JP"]))


def test_no_line_is_wider_than_its_place() -> None:
    for text in ("word " * 40, "x" * 300, "Donaudampfschifffahrtsgesellschaftskapitän und Söhne"):
        for line in drawing.wrap(text, "bold", 54, 560, most=3):
            assert drawing.measure(line, "bold", 54) <= 560
    assert len(drawing.wrap("word " * 40, "bold", 54, 560, most=3)) == 3
    assert drawing.wrap("word " * 40, "bold", 54, 560, most=3)[-1].endswith("…")


def test_a_line_with_letters_that_the_font_lacks_is_left_out_and_a_title_keeps_the_rest() -> None:
    assert drawing.readable("Tokyo 東京 Story") == "Tokyo Story"
    assert not drawing.is_readable("東京物語 (1953)")
    assert drawing.is_readable("Čarovné jablko · Łódź – “Ørsted”")


@pytest.mark.parametrize("code", ["JP", "US", "LU", "VA", "FJ", "RU", "AQ", "CL"])
def test_a_country_of_any_size_can_be_seen_on_its_map(code: str) -> None:
    plain = chosen_pixels(opened(draw_places(Words(""), [])))

    assert chosen_pixels(opened(draw_country(Words(""), code))) > plain + 100


def test_countries_without_a_shape_leave_the_whole_world() -> None:
    without = draw_places(Words("A film"), [])

    assert draw_places(Words("A film"), ["SU", "XX"]) == without


def test_every_country_of_the_map_is_drawn_from_its_path() -> None:
    for code, shape in shapes.world().countries.items():
        for ring in shape.rings():
            assert len(ring) >= 3, code
            xs, ys = [x for x, _ in ring], [y for _, y in ring]
            assert 0 <= min(xs) <= max(xs) <= shapes.world().width, code
            assert 0 <= min(ys) <= max(ys) <= shapes.world().height, code


def test_shades_follow_the_number_of_films() -> None:
    assert shapes.shades({}) == {}
    assert shapes.shades({"SE": 0, "FI": 1, "NO": 5}) == {"SE": 0, "FI": 1, "NO": 5}
    assert shapes.shades({"US": 20_000, "SE": 900, "TV": 1}) == {"US": 5, "SE": 3, "TV": 1}


def test_the_worlds_picture_has_the_shades() -> None:
    dark = draw_world(Words("x"), dict.fromkeys(shapes.world().countries, 5))

    assert dark != draw_world(Words("x"), {})


def meta(client: Client, address: str) -> dict[str, str]:
    elements = load(client, address, 404 if "nowhere" in address else 200).elements
    found = [attributes for tag, attributes in elements if tag == "meta"]
    return {str(one["property"]): str(one["content"]) for one in found if "property" in one}


@pytest.mark.parametrize(
    ("address", "title", "picture"),
    [
        ("/", "World in Movies", "/share/world.png"),
        ("/my-films/", "World in Movies", "/share/world.png"),
        ("/nowhere/", "World in Movies", "/share/world.png"),
        ("/countries/JP/", "The best films of Japan", "/share/countries/JP.png"),
        ("/films/101/", "Tokyo 1 (1954)", "/share/films/101.png"),
        ("/films/601/", f"{MARKUP} (1999)", "/share/films/601.png"),
    ],
)
def test_a_page_says_what_is_shown_beside_its_link(
    client: Client, catalogue: None, address: str, title: str, picture: str
) -> None:
    said = meta(client, address)

    assert said["og:title"] == title
    assert said["og:image"] == f"http://testserver{picture}"
    assert said["og:image:alt"]
    assert said["og:description"]
    assert client.get(picture).status_code == 200
