"""The languages and countries that TMDB's translations come in, and the shape of one."""

from tools.sandbox import reference
from tools.sandbox.payloads import Payload

COMMONEST_FIRST = """
en-US fr-FR de-DE es-ES it-IT pt-BR ru-RU pt-PT nl-NL pl-PL zh-CN hu-HU tr-TR sv-SE cs-CZ da-DK
uk-UA ko-KR ja-JP fi-FI he-IL el-GR bg-BG ro-RO es-MX zh-TW sk-SK ar-SA th-TH fa-IR no-NO hr-HR
fr-CA sr-RS zh-HK lt-LT vi-VN lv-LV sl-SI et-EE ca-ES ka-GE id-ID mk-MK de-AT ml-IN az-AZ uz-UZ
hi-IN
"""
PAIRS = [(pair[:2], pair[3:]) for pair in COMMONEST_FIRST.split()]
LANGUAGES = {language["iso_639_1"]: language for language in reference.languages()}


def translation(
    language: str, country: str, *, title: str, overview: str = "", tagline: str = ""
) -> Payload:
    """What a film is called and how it is told of in a language; `title` may be empty."""
    known = LANGUAGES[language]
    return {
        "iso_3166_1": country,
        "iso_639_1": language,
        "name": known["name"],
        "english_name": known["english_name"],
        "data": {
            "homepage": "",
            "overview": overview,
            "runtime": 0,
            "tagline": tagline,
            "title": title,
        },
    }
