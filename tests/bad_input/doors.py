"""What may be sent to the web server by hand: method, address, headers, body, and the statuses that will do.

Lines are long as tables are.
"""

from dataclasses import dataclass, field

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LONG = "x" * 5_000


@dataclass(frozen=True)
class Door:
    name: str
    method: str
    path: str
    statuses: tuple[int, ...]
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def part(boundary: str, head: str, content: bytes) -> bytes:
    return f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"


MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}
DOORS = (
    Door("a page that is none", "GET", "/nowhere", (404,)),
    Door("a page with a NUL", "GET", "/track/%00", (303, 404)),
    Door("a page outside the folder", "GET", "/static/..%2f..%2fsettings.py", (404,)),
    Door("a page outside the folder, plainly", "GET", "/static/../../pyproject.toml", (404,)),
    Door("a page of 5,000 letters", "GET", f"/appeals/{LONG}", (303, 404)),
    Door("half of an escape", "GET", "/track/%e2%28%a1", (303, 404)),
    Door("the first page deleted", "DELETE", "/", (405,)),
    Door("a method of nobody", "BREW", "/ask", (405,)),
    Door("TRACE", "TRACE", "/", (405,)),
    Door("a number that is none", "GET", "/track?number=%F0%9F%92%A9", (200,)),
    Door("a language of nobody", "GET", "/?language=tlh", (200,)),
    Door("a language of NUL", "GET", "/?language=%00", (200,)),
    Door(
        "a preferred language that is noise", "GET", "/", (200,), {"Accept-Language": ";;q=,-,*;q=x," + LONG}
    ),
    Door(
        "cookies that are noise",
        "GET",
        "/",
        (200,),
        {"Cookie": "session=\x01; visitor=; language=../..; a;;=;"},
    ),
    Door("a session of somebody's wish", "GET", "/inbox", (303,), {"Cookie": "session=' OR 1=1 --"}),
    Door("a receipt of somebody's wish", "GET", "/receipt", (303, 404), {"Cookie": "receipt=" + "A" * 900}),
    Door("a holder of somebody's wish", "GET", "/track/UZ26-0000-0000", (303,), {"Cookie": "holder=AAAA"}),
    Door("a cursor of somebody's wish", "GET", "/inbox?cursor=x", (303,)),
    Door("somewhere else after signing in", "GET", "/sign-in?next=//evil.example/", (200,)),
    Door("an empty form", "POST", "/ask", (422,), FORM),
    Door("no form at all", "POST", "/ask", (400, 415, 422), {"Content-Type": "application/json"}, b"{}"),
    Door("a form of no kind", "POST", "/ask", (400, 415, 422), {"Content-Type": LONG}, b"text=suv"),
    Door("a form that is not UTF-8", "POST", "/ask", (400,), FORM, b"text=%ff%fe"),
    Door("a form of raw bytes", "POST", "/ask", (400, 422), FORM, b"\xff\xfe=\x00&&&==;"),
    Door("a field twice", "POST", "/ask", (400,), FORM, b"text=suv&text=gaz"),
    Door(
        "ten thousand fields",
        "POST",
        "/ask",
        (400, 413, 422),
        FORM,
        b"&".join(b"f%d=1" % n for n in range(10_000)),
    ),
    Door("more than a million bytes", "POST", "/ask", (413,), FORM, b"text=" + b"s" * 1_100_000),
    Door(
        "a form of another site",
        "POST",
        "/ask",
        (403,),
        FORM | {"Origin": "https://evil.example"},
        b"text=suv",
    ),
    Door("a form of nobody's site", "POST", "/ask", (403,), FORM | {"Origin": "null"}, b"text=suv"),
    Door("a multipart without end", "POST", "/appeal", (400, 422), MULTIPART, b"--b\r\nContent-Dispo"),
    Door(
        "a multipart without boundary",
        "POST",
        "/appeal",
        (400, 422),
        {"Content-Type": "multipart/form-data"},
        b"x",
    ),
    Door("a multipart with a false boundary", "POST", "/appeal", (400, 422), MULTIPART, b"--c\r\n\r\nx"),
    Door(
        "a file where words belong",
        "POST",
        "/appeal",
        (400,),
        MULTIPART,
        part("b", 'name="text"; filename="a.txt"', b"suv") + b"--b--\r\n",
    ),
    Door(
        "words where a file belongs",
        "POST",
        "/appeal",
        (400,),
        MULTIPART,
        part("b", 'name="files"', b"suv") + part("b", 'name="text"', b"suv yoq") + b"--b--\r\n",
    ),
    Door(
        "a part without a name",
        "POST",
        "/appeal",
        (400, 422),
        MULTIPART,
        part("b", "", b"suv") + b"--b--\r\n",
    ),
    Door(
        "a kind of nobody",
        "POST",
        "/appeal",
        (422,),
        FORM,
        b"act=send&text=suv+yoq&kind=verdict&name=A+B&address=Buxoro&consent=true",
    ),
    Door(
        "an agency of nobody",
        "POST",
        "/appeal",
        (422,),
        FORM,
        b"act=send&text=suv+yoq&kind=application&agency=nowhere&name=A+B&address=Buxoro&consent=true",
    ),
    Door(
        "no consent",
        "POST",
        "/appeal",
        (422,),
        FORM,
        b"act=send&text=suv+yoq&kind=application&name=A+B&address=Buxoro",
    ),
    Door(
        "a telephone of words",
        "POST",
        "/appeal",
        (422,),
        FORM,
        b"act=send&text=suv+yoq&kind=application&name=A+B&address=Buxoro&phone=yoq&consent=true",
    ),
    Door(
        "an e-mail with a line end",
        "POST",
        "/appeal",
        (422,),
        FORM,
        b"act=send&text=suv+yoq&kind=application&name=A+B&address=Buxoro&email=a%40b.uz%0d%0aBcc%3ac%40d.uz&consent=true",
    ),
    Door("a tracking code of NUL", "POST", "/track", (404,), FORM, b"number=UZ26-0000-0000&code=%00"),
    Door(
        "a tracking code of a book",
        "POST",
        "/track",
        (404,),
        FORM,
        b"number=UZ26-0000-0000&code=" + b"A" * 9_000,
    ),
    Door(
        "a verdict without an appeal",
        "POST",
        "/track/UZ26-0000-0000/verdict",
        (403,),
        FORM,
        b"verdict=solved",
    ),
    Door("six stars", "POST", "/track/UZ26-0000-0000/rating", (403, 422), FORM, b"stars=6"),
    Door("a sign-in of nothing", "POST", "/sign-in", (401, 422), FORM),
    Door("a sign-in of NUL", "POST", "/sign-in", (401, 422), FORM, b"login=%00&password=%00"),
    Door(
        "a password of a book",
        "POST",
        "/sign-in",
        (401, 422),
        FORM,
        b"login=health&password=" + b"p" * 200_000,
    ),
    Door("an act without a session", "POST", "/appeals/UZ26-0000-0000/replies", (303, 403), FORM, b"text=x"),
    Door(
        "a key that is no key",
        "POST",
        "/api/v1/questions",
        (200, 400, 422),
        {"Content-Type": "application/json", "Idempotency-Key": LONG},
        b'{"text": "suv"}',
    ),
    Door(
        "a webhook without its secret",
        "POST",
        "/telegram/1000001",
        (401, 404),
        {"Content-Type": "application/json"},
        b"{}",
    ),
)
