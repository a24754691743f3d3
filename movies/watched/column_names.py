"""What tables call the columns of a film's title, its year, and what somebody says of it, in the
languages in which people keep their lists. Pure.

A name is taken for what its words say: `Année de sortie`, `Rok produkcji`, `Release year`. That is
for tables whose columns have none of the names that `columns` knows from the sites.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from movies.folding import fold
from movies.imdb_ids import normalise_imdb_id


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word).replace(" ", "") for word in words.split())


TITLE = _folded("""
title titles titel filmtitel filmtitle movietitle titre titulo títol titolo titlu titul titulek
tytuł tytul název naziv naslov názov название заголовок назва назвa заглавие наименование
otsikko
nimi elokuva elokuvat film films filme filmes movie movies filmnaam filmnavn filmnamn filmname
película peliculas películas pel·lícula фильм фильмы фільм кино кинофильм филм фильма
cím filmcím başlık filmadı τίτλος ταινία judul phim tựa pavadinimas filmas nosaukums pealkiri
タイトル 題名 作品名 映画 映画名 标题 標題 片名
电影 電影 电影名 影片 名称 名稱 제목 영화 영화명 영화제목
כותרת סרט הסרט عنوان فيلم الفيلم فیلم ชื่อเรื่อง หนัง ภาพยนตร์ शीर्षक फिल्म फ़िल्म
""")
YEAR = _folded("""
year releaseyear productionyear jahr erscheinungsjahr produktionsjahr herstellungsjahr année año
ano anno any an anul rok год рік година годзіна vuosi julkaisuvuosi valmistumisvuosi år ar
premiärår produktionsår utgivningsår udgivelsesår utgivelsesår jaar productiejaar releasejaar
jaartal év yıl yılı yapımyılı έτος χρονιά χρονολογία godina leto metai gads aasta tahun năm
年 年份 年度 公開年 制作年 製作年 上映年份
연도 년도 개봉년도 제작연도 개봉연도 שנה שנת سنة السنة عام سال ปี वर्ष साल
""")
RATING = _folded("""
rating ratings score stars grade bewertung wertung punkte sterne nota notas calificación
puntuación puntaje valoración estrellas valutazione voto punteggio stelle avaliação classificação
pontuação estrelas ocena hodnocení hodnotenie оценка рейтинг оцінка оценкa arvosana arvio pisteet
tähdet betyg stjärnor karakter vurdering stjerner beoordeling cijfer waardering sterren puan oy
βαθμολογία értékelés osztályzat ocjena notă évaluation étoiles penilaian đánhgiá
評価 点数 採点 评分 評分 打分 我的评分 평점 별점 점수 דירוג ציון تقييم درجة คะแนน रेटिंग
""")
WATCHED = _folded("""
watched seen viewed played checked gesehen angesehen geschaut vu vue visionné visionnage visto
vista visionado vistos assistido assistida guardato obejrzane obejrzany zhlédnuto viděno videné
просмотр просмотра просмотрено смотрел переглянуто katsottu nähty sett sedd set bekeken gezien
izlendi izlenme είδα προβολή megnézve látott gledano văzut vizionat
鑑賞日 視聴日 観た日 观看日期 看过 觀看日期 시청일 관람일 본날 נצפה صفית مشاهدة ดูแล้ว देखा
""")
# Of a title: the one in the film's own language.
ORIGINAL = _folded("""
original originale originales originaltitel originaltitle originaltittel originaltitre oryginalny
originální originálny оригинальное оригинал оригинальный оригінальна оригінал alkuperäinen
alkuperäisnimi originál eredeti orijinal özgün oorspronkelijke izvorni originalni πρωτότυπος
原題 原名 원제 원제목 מקורי الأصلي
""")
# What makes another thing of it: another site's or everybody's, or not a film's.
OTHERS = _folded("""
id ids url uri link links nr no number count type kind sort series list listname show episode
season language country directors director regie genre genres studio character theme
average avg mean imdb tmdb rotten metacritic metascore critics critic community public content
mpaa age site global votes vote durchschnitt durchschnittliche moyenne presse spectateurs
średnia birth joined account
""")
# A French grade, and an English remark.
NOTE = "note"
FRENCH = _folded("titre film année vu")

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SCALE = re.compile(r"(?<![0-9])(5|10|100)(?:\D*)$")


@lru_cache(maxsize=1_000)
def words_of(name: str) -> frozenset[str]:
    """The words of a column's name, and all of them as one: `Production Year` is
    `productionyear` too, and ProductionYear both of its words."""
    apart = fold(CAMEL.sub(" ", name))
    return frozenset([*apart.split(), apart.replace(" ", ""), fold(name).replace(" ", "")])


def is_title(name: str) -> bool:
    words = words_of(name)
    return bool(words & (TITLE | ORIGINAL)) and not words & (OTHERS | YEAR | RATING)


def is_datum(text: str) -> bool:
    """Whether it is what stands in a row, and no column's name."""
    return text.strip().isdigit() or normalise_imdb_id(text.strip()) is not None


def is_original(name: str) -> bool:
    return bool(words_of(name) & ORIGINAL)


def is_year(name: str) -> bool:
    words = words_of(name)
    return bool(words & YEAR) and not words & OTHERS


def is_french(header: Iterable[str]) -> bool:
    return any(words_of(name) & FRENCH for name in header)


def is_rating(name: str, *, among_french: bool) -> bool:
    words = words_of(name)
    if words & OTHERS:
        return False
    return bool(words & RATING) or (NOTE in words and among_french)


def is_watched(name: str) -> bool:
    words = words_of(name)
    return bool(words & WATCHED) and not words & OTHERS


def scale_of(name: str) -> int | None:
    """What a rating is out of, where the column says so: `Rating (1-5)`, `Note /100`."""
    found = SCALE.search(name.strip())
    return int(found[1]) if found else None
