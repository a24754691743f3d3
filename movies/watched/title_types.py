"""Tells films from series, episodes, games and the like by what a file calls them, in the
languages in which IMDb writes its exports, and by the names that other sites have. Pure."""

from functools import lru_cache

from movies.folding import fold


def _letters(text: str) -> str:
    return fold(text).replace(" ", "")


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(_letters, words.split()))


# What is in the word for something that is no film: `Fernsehserie`, `tvMiniSeries`, `Série TV`.
# Everything else may be one: there are more kinds of films (shorts, videos, specials) than of
# these, and IMDb renames them.
NO_FILM = _folded("""
seri siri sorozat dizi sarja сериал серіал серия серія σειρά סדרה סדרת مسلسل धारावाहिक सीरीज़ शृंखला
श्रृंखला シリーズ 시리즈 剧集 劇集 电视剧 電視劇 連續劇 系列 影集 ซีรีส์ phimbộ truyềnhìnhdàitập
episod epizod aflevering avsnitt afsnit jakso odcinek folge bölüm эпизод епізод επεισόδιο פרק حلقة
एपिसोड エピソード 에피소드 集 ตอน tậpphim
videogame videospiel jeuvidéo videogioco videojuego videojoc jogo videospel videospill dataspil
videopeli grawideo videojáték videohra oyun видеоигра відеогра βιντεοπαιχνίδι משחק لعبة गेम
ゲーム 게임 游戏 遊戲 เกม tròchơi
podcast podkast подкаст ポッドキャスト 팟캐스트 播客 पॉडकास्ट פודקאסט הסכת بودكاست พอดแคสต์
musicvideo musikvideo muziekvideo musikkvideo musiikkivideo clipmusical clipvidéo videoclip
videomusical vídeomusical videomusicale teledysk hudebnívideo müzikvideosu музыкальноевидео
музичневідео ミュージックビデオ 뮤직비디오 音乐视频 音樂錄影帶 संगीतवीडियो म्यूज़िकवीडियो
""")
# The whole word.
NO_FILM_BY_NAME = _folded("""
tv show shows season seasons tvshow tvshows anime manga game games book books comic comics
boardgame music person tvpilot pilot díl
""")
# What is in the word for a film of some kind.
FILM = _folded("""
movie film short video special documentar feature pelicul cortometra lungometra largometra
courtmetrage longmetrage kurz corto curta longa speciale especial elokuva ταινια סרט فيلم фильм
фільм फिल्म मूवी चलचित्र लघु 映画 電影 电影 영화 단편 短 ショート テレビ映画 ビデオ ภาพยนตร์
""")


@lru_cache(maxsize=1_000)
def is_film(title_type: str) -> bool | None:
    """Whether something of this type is a film, whatever its length; None where nobody can tell
    from the word."""
    letters = _letters(title_type)
    if letters in NO_FILM_BY_NAME or any(part in letters for part in NO_FILM):
        return False
    return True if any(part in letters for part in FILM) else None
