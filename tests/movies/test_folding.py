"""How names are folded: what may differ between a name and how somebody writes it."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movies.folding import KEY_LENGTH, VERSION, WORD_LENGTH, fold, key, words

NAMES = st.text() | st.text("aZéßøŁİıſ'’´` _-·\u0301\u3099\u0f71かガｶﾞ々한ㄱก้ำन्ि\u200d\0")
# Letters of scripts without spaces, none of which NFKD takes apart.
SPACELESS = st.text("影武者七人の侍カメラ佐々木〇一ㄅㄆ𠀋กขคงจฉລາວកខគကခဂ", min_size=2, max_size=60)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Godfather", "the godfather"),
        ("Amélie", "amelie"),
        ("Ame\u0301lie", "amelie"),
        ("Les quatre cents coups", "les quatre cents coups"),
        ("Le Cœur fou", "le coeur fou"),
        ("Æon Flux", "aeon flux"),
        ("Große Straße", "grosse strasse"),
        ("Smørrebrød på Ærø", "smorrebrod pa aero"),
        ("Łódź", "lodz"),
        ("Đorđe", "dorde"),
        ("Þór Ðóri", "thor dori"),
        ("İstanbul Kırmızısı", "istanbul kirmizisi"),
        ("Đất Phương Nam", "dat phuong nam"),
        ("Ο Θίασος", "ο θιασοσ"),
        ("Ирония судьбы, или С лёгким паром!", "ирония судьбы или с легким паром"),
        ("Край", "краи"),
        ("ＡＫＩＲＡ　１９８８", "akira 1988"),
        ("ﬁn de siècle Ⅱ", "fin de siecle ii"),
        ("기생충", "기생충"),
        ("שָׁלוֹם", "שלום"),
        ("كِتَابـــٌ", "كتاب"),
    ],
)
def test_case_accents_and_forms_of_letters_do_not_matter(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Spider-Man: Homecoming", "spider man homecoming"),
        ("  Tom \t+\n Jerry ", "tom jerry"),
        ("[REC]²", "rec 2"),
        ("a _ b__c", "a b c"),
        ("¿Qué?", "que"),
        ("शोले।", "शोले"),
        ("WALL·E", "walle"),
        ("god\u200efather", "godfather"),
        ("\u202bשלום\u202c", "שלום"),
        ("Do\u00adnau", "donau"),
        ("ශ්\u200dරී", "ශ්රී"),
        ("it\0self", "it self"),
        ("!?…", ""),
        ("\0", ""),
        ("", ""),
    ],
)
def test_punctuation_and_what_cannot_be_seen_do_not_matter(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize("name", ["Fast & Furious", "Fast&Furious", "Fast ＆ Furious"])
def test_an_ampersand_is_the_word(name: str) -> None:
    assert fold(name) == fold("Fast and Furious")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("M*A*S*H", "mash"),
        ("E.T. the Extra-Terrestrial", "et the extra terrestrial"),
        ("The Man from U.N.C.L.E.", "the man from uncle"),
        ("S.W.A.T.: Under Siege", "swat under siege"),
        ("Р.И.П.Д.", "рипд"),
        ("Dr. No", "dr no"),
        ("9.5.2010", "9 5 2010"),
    ],
)
def test_initials_are_one_word(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_a_fraction_is_written_in_one_way() -> None:
    assert fold("8½") == fold("8 1/2") == fold("8 ½")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("کتاب", "كتاب"),  # a Persian and an Arabic keyboard
        ("علی", "على"),
        ("बाज़ीगर", "बाजीगर"),
        ("ґудзик", "гудзик"),
    ],
)
def test_letters_that_keyboards_write_in_two_ways_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("apostrophe", "'‘’ʼʻ`´′＇")
def test_an_apostrophe_of_any_kind_may_be_left_out(apostrophe: str) -> None:
    assert fold(f"Don{apostrophe}t Look Now") == "dont look now"


@pytest.mark.parametrize("name", ["あきら", "アキラ", "ｱｷﾗ", "アきﾗ"])
def test_kana_of_every_form_are_one(name: str) -> None:
    assert fold(name) == "あきら"


def test_voiced_kana_are_one_composed_or_not() -> None:
    assert fold("ガメラ") == fold("ｶﾞﾒﾗ") == fold("か\u3099めら") == "がめら"


@pytest.mark.parametrize(
    "name",
    [
        "दिलवाले दुल्हनिया ले जायेंगे",
        "পথের পাঁচালী",
        "பாசமலர்",
        "ต้มยำกุ้ง",
        "ສະບາຍດີ",
        "ဗမာ့မျက်နှာ",
        "អាពាហ៍ពិពាហ៍",
        "བོད",
        "ދިވެހި",
    ],
)
def test_words_whose_vowels_are_marks_stay_whole(name: str) -> None:
    assert fold(name) == unicodedata.normalize("NFKC", name)


@given(NAMES)
def test_a_folded_name_is_folded_for_good(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert key(key(name)) == key(name)


@given(NAMES)
def test_how_accents_are_encoded_does_not_matter(name: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed)


@given(NAMES)
def test_a_folded_name_is_words_with_single_spaces(name: str) -> None:
    folded = fold(name)
    assert folded == " ".join(folded.split())
    assert "\0" not in folded
    assert folded == folded.casefold()


@given(NAMES)
def test_words_are_distinct_and_without_spaces(name: str) -> None:
    found = words(name)
    assert len(found) == len(set(found))
    assert all(word and word.isprintable() and not set(word) & set(" \0") for word in found)


@given(st.text(min_size=150) | st.text("wﷺかक", min_size=150))
def test_keys_and_words_fit_into_an_index(name: str) -> None:
    assert len(key(name)) <= KEY_LENGTH
    assert all(len(word) <= WORD_LENGTH for word in words(name))


def test_a_key_does_not_end_within_a_space() -> None:
    assert key("a" * (KEY_LENGTH - 1) + " b") == "a" * (KEY_LENGTH - 1)


def test_words_come_in_the_order_of_the_name() -> None:
    assert words("The Good, the Bad and the Ugly") == ["the", "good", "bad", "and", "ugly"]


def test_a_compound_is_found_by_its_parts_and_as_one_word() -> None:
    assert words("Spider-Man: X-Men") == ["spider", "man", "x", "men", "spiderman", "xmen"]
    assert words("Mission – Impossible") == ["mission", "impossible"]


def test_a_name_is_found_without_its_elided_article() -> None:
    assert words("L'Avventura") == ["l", "avventura", "lavventura"]
    assert fold("Le fabuleux destin d’Amélie") == "le fabuleux destin d amelie"
    assert words("O’Brien") == ["o", "brien", "obrien"]
    assert words("Ocean’s Eleven") == ["oceans", "eleven"]
    assert fold("l'a") == "l a"


def test_scripts_without_spaces_give_characters_and_pairs() -> None:
    assert words("七人の侍") == ["七", "人", "の", "侍", "七人", "人の", "の侍"]


def test_scripts_without_spaces_and_others_may_be_mixed() -> None:
    assert words("AKIRA アキラ2") == ["akira", "2", "あ", "き", "ら", "あき", "きら"]


@given(SPACELESS, st.data())
def test_any_two_characters_in_a_row_find_a_name_without_spaces(
    name: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(name) - 2))
    end = data.draw(st.integers(start + 2, len(name)))
    assert set(words(name[start:end])) <= set(words(name))


def test_titles_are_folded_anew_when_the_folding_changes() -> None:
    """Whoever changes what this gives has to raise VERSION, and then the digest."""
    names = ["Amélie", "M*A*S*H", "L'Avventura & Spider-Man", "8½", "[REC]²", "影武者", "ガメラ",
             "Ирония й ё", "كِتَابـــٌ ی", "שָׁלוֹם", "İstanbul ığüşöç", "Đất", "ὈΔΥΣΣΕΎΣ",
             "기생충"]  # fmt: skip
    folded = repr([(key(name), words(name)) for name in names])
    assert (VERSION, hashlib.sha256(folded.encode()).hexdigest()[:16]) == (2, "c2f4b0a4c2163ed4")
