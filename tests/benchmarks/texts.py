"""What people write, by a seeded hand: questions and appeals with typing mistakes, in four languages."""

from random import Random

QUESTIONS = (
    "Murojaatimga necha kunda javob berishadi?",
    "мурожаатимга неча кунда жавоб беришади",
    "За сколько дней мне ответят на обращение?",
    "How many days until my appeal is answered?",
    "Qabulga qanday yozilsam bo'ladi",
    "Можно ли подать жалобу без имени?",
    "Murojaatıma qansha künde juwap beredi?",
    "Шикоятим бошқа идорага юборилса нима бўлади?",
)
APPEALS = (
    "Uyimizda bir haftadan beri ichimlik suvi yoʻq, vodoprovod ishlamayapti. Iltimos, yordam bering.",
    "Кўчамизда чироқлар ёнмайди, болалар мактабдан қоронғида қайтади. Тузатиб беришингизни сўраймиз.",
    "В нашем доме третий день нет газа, в квартире дети. Прошу принять меры.",
    "Maktabimizda oʻqituvchi yetishmaydi, matematika darslari ikki oydan beri oʻtilmayapti.",
    "Поликлиника отказывается прикрепить мою мать, хотя мы живём в этом районе десять лет.",
    "Yoʻlimiz buzilgan, tez yordam ham kirolmaydi. Taʼmirlab berishingizni soʻrayman.",
    "Пенсиямни уч ойдан бери камайтириб тўлашяпти, сабабини тушунтиришмади.",
    "The bus to our village stopped coming in winter and people walk six kilometres to work.",
)


def misspelt(text: str, random: Random, mistakes: int = 2) -> str:
    """With letters dropped or exchanged, as thumbs do."""
    letters = list(text)
    for _ in range(mistakes):
        place = random.randrange(1, len(letters) - 2)
        if random.random() < 0.5:
            del letters[place]
        else:
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def question(random: Random) -> str:
    return misspelt(random.choice(QUESTIONS), random)


def appeal(random: Random) -> str:
    """Never twice the same: the flat's number differs."""
    return f"{misspelt(random.choice(APPEALS), random)} {random.randrange(1, 10_000)}-uy."


def long_text(random: Random, characters: int) -> str:
    """Appeals one after another, exactly so many characters."""
    words: list[str] = []
    while sum(map(len, words)) < characters:
        words.append(appeal(random) + " ")
    return "".join(words)[:characters]
