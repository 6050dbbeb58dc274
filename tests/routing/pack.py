"""A small knowledge base as the hub builds it: questions in five languages, competences of bodies."""

from routing import Entry
from routing.transliterate import to_cyrillic

QUESTIONS = {
    "passport": (
        "Biometrik pasport olish uchun qanday hujjatlar kerak?",
        "Какие документы нужны для получения биометрического паспорта?",
        "Biometriyalıq pasport alıw ushın qanday hújjetler kerek?",
        "Which documents do I need for a biometric passport?",
    ),
    "term": (
        "Murojaat necha kunda koʻrib chiqiladi?",
        "За сколько дней рассматривают обращение?",
        "Múrájat neshe kúnde kórip shıǵıladı?",
        "How many days does it take to consider an appeal?",
    ),
    "anonymous": (
        "Anonim murojaatlar koʻrib chiqiladimi?",
        "Рассматривают ли анонимные обращения?",
        "Anonim múrájatlar kórip shıǵıla ma?",
        "Are anonymous appeals considered?",
    ),
    "reception": (
        "Shaxsiy qabulga qanday yozilaman?",
        "Как записаться на личный приём?",
        "Jeke qabıllawǵa qalay jazılaman?",
        "How do I book a personal reception?",
    ),
    "child_benefit": (
        "Bolalar nafaqasini qanday rasmiylashtirish mumkin?",
        "Как оформить детское пособие?",
        "Balalar napaqasın qalay rásmiylestiriw múmkin?",
        "How do I apply for child benefit?",
    ),
    "withdraw": (
        "Murojaatimni qaytarib olsam boʻladimi?",
        "Можно ли отозвать обращение?",
        "Múrájatımdı qaytarıp alsam bola ma?",
        "Can I withdraw my appeal?",
    ),
}

COMPETENCES = {
    "water": (
        "ichimlik suvi; suv quvuri; kanalizatsiya; suv bosimi",
        "водопровод; питьевая вода; канализация; труба",
        "suw; suw qubırı; kanalizaciya",
        "drinking water; water pipe; sewerage",
    ),
    "gas": (
        "tabiiy gaz; gaz bosimi; gaz balloni",
        "природный газ; газовый баллон",
        "tábiyiy gaz",
        "natural gas",
    ),
    "power": (
        "elektr energiyasi; chiroq oʻchishi; svet; transformator",
        "электричество; отключение света",
        "elektr energiyası; jaqtı óshiwi",
        "electricity; power cut",
    ),
    "roads": (
        "yoʻl taʼmiri; chuqurlar; asfalt; piyodalar yoʻlagi",
        "ремонт дорог; ямы; асфальт",
        "jol remontı",
        "road repair; potholes; pavement",
    ),
    "schools": (
        "maktab; bogʻcha; oʻqituvchilar; darslik",
        "школа; детский сад; учителя",
        "mektep; baqsha; muǵallim",
        "school; kindergarten; teachers",
    ),
    "health": (
        "shifoxona; poliklinika; shifokor; dori",
        "больница; поликлиника; врач; лекарства",
        "emlewxana; shıpaker",
        "hospital; clinic; doctor; medicines",
    ),
    "tax": ("soliq; mulk soligʻi; STIR", "налог; налог на имущество; ИНН", "salıq", "tax; property tax"),
    "pension": (
        "pensiya jamgʻarmasi; qarilik pensiyasi",
        "пенсионный фонд; пенсия по возрасту",
        "pensiya qorı",
        "pension fund; old-age pension",
    ),
}

LANGUAGES = ("uz-Latn", "ru", "kaa", "en")


def entries() -> list[Entry]:
    """Both kinds in all five languages, the Uzbek Cyrillic ones derived."""
    result = []
    for kind, source in (("faq", QUESTIONS), ("agency", COMPETENCES)):
        for id_, texts in source.items():
            for lang, text in zip(LANGUAGES, texts, strict=True):
                result.append(Entry(id_, text, "faq" if kind == "faq" else "agency", lang))
            result.append(Entry(id_, to_cyrillic(texts[0]), "faq" if kind == "faq" else "agency", "uz-Cyrl"))
    return result
