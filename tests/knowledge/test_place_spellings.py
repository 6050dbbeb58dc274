"""Places as people write them: any script, endings, by ear, with slips; and what only looks like one."""

import pytest

from knowledge.places import district_of, find_place
from knowledge.schema import Pack

WRITTEN = [
    ("Chilonzorda suv yo'q", "1726294"),
    ("в Чиланзарском районе нет света", "1726294"),
    ("yunusobotdan yozyapman", "1726266"),
    ("Самаркандская обл.", "1718"),
    ("Mirzo Ulugbek tumani", "1726269"),
    ("мирзо улугбекский район", "1726269"),
    ("Yashnabod tumanida chiqindi", "1726290"),
    ("Яшнабадский р-н", "1726290"),
    ("Sergili tumani", "1726283"),
    ("сергелийский район 8 квартал", "1726283"),
    ("Uchtepa tumanidan", "1726262"),
    ("учтепинский район", "1726262"),
    ("шайхантахурский район", "1726277"),
    ("Shayxontoxur tumani", "1726277"),
    ("Shayhontohurda", "1726277"),
    ("алмазарский район", "1726280"),
    ("Olmozor tumani", "1726280"),
    ("яккасарай", "1726287"),
    ("Yakkasaroyda gaz yoq", "1726287"),
    ("Fargona viloyati Margilon shahri", "1730412"),
    ("Ферганская область, Маргилан", "1730412"),
    ("Fargʻona viloyati Quvasoy", "1730408"),
    ("Андижан шахар", "1703401"),
    ("в Андижанской области", "1703"),
    ("Бухара вилояти Гиждувон тумани", "1706215"),
    ("Бухарская обл. Гиждуванский район", "1706215"),
    ("Gijduvonda yashayman", "1706215"),
    ("Каршинский район", "1710224"),
    ("г. Карши", "1710401"),
    ("Qashqadaryo Shahrisabz", "1710405"),
    ("Шахрисабз", "1710405"),
    ("Хорезмская область", "1733"),
    ("Xorezm viloyati Urganch tumani", "1733217"),
    ("в Ургенче нет газа", "1733401"),
    ("Хива", "1733406"),
    ("Khiva city", "1733406"),
    ("Bukhara region", "1706"),
    ("Tashkent city", "1726"),
    ("Samarkand city", "1718401"),
    ("Fergana region", "1730"),
    ("Нокис қаласы", "1735401"),
    ("Qońırat rayonı", "1735215"),
    ("Кунградский район", "1735215"),
    ("Шымбай районы", "1735240"),
    ("Shımbayda suw joq", "1735240"),
    ("Турткульский район", "1735233"),
    ("термез шахри", "1722401"),
    ("Термезда", "1722401"),
    ("Денауский район", "1722210"),
    ("Джизакская область", "1708"),
    ("Жиззах вилоятида", "1708"),
    ("Jizax viloyati", "1708"),
    ("Зарафшан шахри", "1712408"),
    ("Навои вилояти", "1712"),
    ("Навоийская область", "1712"),
    ("Ангрен", "1727407"),
    ("Чирчик шахрида", "1727419"),
    ("Чирчикда", "1727419"),
    ("Алмалык", "1727404"),
    ("Бекабад", "1727413"),
    ("Янгиюль", "1727424"),
    ("Янгийул тумани", "1727259"),
    ("Зангиатинский район", "1727237"),
    ("Zangi ota tumani", "1727237"),
    ("Кибрайский район", "1727248"),
    ("Kibray tumani", "1727248"),
    ("Паркентский", "1727249"),
    ("Бостанлыкский район", "1727224"),
    ("Наманганская область Чустский район", "1714237"),
    ("чуст тумани", "1714237"),
    ("Учкурганский район Наманган", "1714234"),
    ("Касансайский район", "1714207"),
    ("Сурхандарья вилояти", "1722"),
    ("Сырдарьинская область Гулистан", "1724401"),
    ("Sirdaryo viloyati Yangiyer", "1724413"),
    ("Кашкадарья вилояти Китаб тумани", "1710232"),
    ("chilanzor tumani", "1726294"),
    ("Chlonzor tumani", "1726294"),
    ("Чилонзордаман", "1726294"),
    ("Yunusabad rayon", "1726266"),
    ("юнусобод туманида", "1726266"),
    ("Мирабадский район", "1726273"),
    ("Бектемир тумани", "1726264"),
    ("Янгихаёт тумани", "1726292"),
    ("Samarqnd viloyati", "1718"),
    ("Namagan viloyati", "1714"),
]

NOT_PLACES = [
    "Samarqand koʻchasi 12-uy",
    "улица Бухара 5",
    "Mirzo Ulugʻbek haqida kitob",
    "Mirzo Ulugʻbek aka yordam bering",
    "Фаргона кучаси",
    "Navoiy kinoteatri yonida",
    "Alisher Navoiy gʻazallari",
    "Toshkent koʻchasi",
    "Oltin va kumush narxi",
    "Guliston ismli qizim bor",
    "pop musiqa baland",
    "bogʻda ishlayman",
    "kitobxona qachon ochiladi",
    "koson daryo",
    "sotib olgan uyim",
    "Beruniy nomidagi maktab",
    "проспект Амира Темура",
    "qarshi chiqdim",
    "Men qarshiman",
    "qarshilik koʻrsatdi",
    "mening uyim baland",
    "шахматный клуб",
    "Жалоба на врача",
    "отказ в приёме документов",
    "почта не работает",
    "Davlat xizmatlari markazi",
    "suv toʻlovi",
    "norin va osh narxi",
    "navoi uslubida",
    "Sherali Denovich",
    "Karimov Asadbek",
    "hazar qilaman",
    "xo'jayin kelmadi",
    "denga yoq",
]


@pytest.mark.parametrize(("text", "code"), WRITTEN)
def test_a_place_is_found_as_people_write_it(uz: Pack, text: str, code: str) -> None:
    assert district_of(uz, text) == code


@pytest.mark.parametrize("text", NOT_PLACES)
def test_people_streets_and_everyday_words_are_no_places(uz: Pack, text: str) -> None:
    assert district_of(uz, text) is None


def test_a_doubtful_name_counts_beside_another_place(uz: Pack) -> None:
    assert district_of(uz, "Qashqadaryo viloyati Qarshi") == "1710401"
    assert district_of(uz, "Qarshidan yozyapman") == "1710401"
    assert district_of(uz, "bunga qarshi arizam bor") is None


def test_what_was_typed_is_shown(uz: Pack) -> None:
    (place,) = find_place(uz, "men Chlonzor tumanida turaman")
    assert (place.code, place.text, place.explicit) == ("1726294", "Chlonzor", True)
