"""What a Vietnamese syllable can look like: enough to tell words from the garbage of old fonts."""

import unicodedata
from functools import lru_cache

_ONSETS = (
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip

_RHYME_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
ooc oong op ot ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơng ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uơ uy uya uych uyên uyêt uyn uynh uyp uyt
uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu ynh yn ych yt
"""
_RHYMES = frozenset(_RHYME_LIST.split())
_STOPS = ("p", "t", "c", "ch")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOP_TONES = frozenset("\u0301\u0323")  # only sắc and nặng are spoken before a stop


@lru_cache(maxsize=20_000)
def _taken_apart(word: str) -> tuple[str, bool] | None:
    """Return the rhyme without its tone, and whether the tone stands on its last letter; None if no syllable."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in _TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if len(tones) > 1 or not plain:
        return None
    if plain.endswith(_STOPS) and not (tones and tones[0] in _STOP_TONES):
        return None
    rhymes = (plain[len(onset) :] for onset in _ONSETS if plain.startswith(onset))
    rhyme = next((rhyme for rhyme in rhymes if rhyme in _RHYMES), None)
    return None if rhyme is None else (rhyme, letters[-1] in _TONES)


def is_syllable(word: str) -> bool:
    """Tell whether a word, in any case, is spelled like a Vietnamese syllable, said by anybody or not.

    The tone may stand on a wrong letter ("Qúy"): people type so.
    """
    return _taken_apart(word) is not None


def is_well_written(word: str) -> bool:
    """Tell whether a word is a Vietnamese syllable with its tone on a letter that can carry it ("tào", not "taò")."""
    parts = _taken_apart(word)
    if parts is None:
        return False
    rhyme, tone_is_last = parts
    return not (tone_is_last and len(rhyme) > 1 and rhyme[-1] in "iuyo" and rhyme != "uy")
