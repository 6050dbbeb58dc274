"""Texts of every odd kind and what becomes of each: the same in the chat, in the API and in the web form."""

from dataclasses import dataclass

MISSING = "at least one sentence"
TOO_LONG = "too long"


@dataclass(frozen=True)
class Text:
    """`kept` is what is stored; empty when it is refused with the words `refused`."""

    name: str
    typed: str
    kept: str = ""
    refused: str = ""


def as_typed(name: str, text: str) -> Text:
    return Text(name, text, kept=text)


TEXTS = (
    Text("nothing but zero-width characters", "\u200b\u200d\u2060\ufeff", refused=MISSING),
    Text("nothing but direction marks", "\u202e\u2066\u200f", refused=MISSING),
    Text("nothing but a filler letter", "\u3164\u3164", refused=MISSING),
    Text("nothing but dots and a smile", "… 🙂 !!!", refused=MISSING),
    Text("nothing but NUL", "\x00\x00", refused=MISSING),
    Text("NUL and bell inside", "su\x00v yo\x07q", kept="suv yoq"),
    Text("a lone high surrogate", "suv \ud83d yoʻq", kept="suv  yoʻq"),
    Text("surrogates the wrong way round", "gaz \ude00\ud83d yoʻq", kept="gaz  yoʻq"),
    Text("line ends of three kinds", "bir\r\nikki\ruch\ntoʻrt", kept="bir\nikki\nuch\ntoʻrt"),
    as_typed("right to left with overrides", "\u202eteskari\u202c مرحبا suv yoʻq"),
    as_typed("a tower of combining marks", "s" + "\u0301" * 120 + "uv yoʻq"),
    as_typed("composed and decomposed", "ў у\u0306 й и\u0306 ѐ suv"),
    as_typed("five apostrophes", "oʻ o' o‘ oʼ o` oʹlka suv yoʻq"),
    as_typed("mixed scripts and look-alikes", "Cуv йoq вoдa нeт suw joq"),
    as_typed("families of emoji", "👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🙏🏽 gaz yoʻq"),
    as_typed("markup", "<b>Chiroq</b> & <script>alert(1)</script> *_[x](tg://u) `{}` yoʻq"),
    as_typed("templates and queries", "{{7*7}} ${7*7} %s %(x)s ' OR 1=1 -- ; DROP TABLE appeals suv"),
    as_typed("a formula", '=HYPERLINK("http://x","y")+1 suv yoʻq'),
    as_typed("one word of 4,000 letters", "a" * 4_000),
    as_typed("many lines", "\n".join(["suv"] * 1_000)),
    as_typed("a bomb for pattern matchers", "a@" * 900 + "!" + "((((" * 300 + " suv yoʻq"),
    as_typed("numbers of people", "PINFL 31234567890123, AA1234567, +998901234567 suv yoʻq"),
)
