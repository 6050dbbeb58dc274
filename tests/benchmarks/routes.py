"""How long the router thinks: short questions, the longest message of Telegram, a whole book."""

import time
from random import Random

from knowledge.entries import agency_entries, faq_entries
from knowledge.load import load_pack
from routing import Router
from tests.benchmarks import texts
from tests.benchmarks.table import Table, spread


def measure(size: int) -> Table:
    begun = time.perf_counter()
    pack = load_pack("uz")
    loaded = time.perf_counter()
    entries = [*faq_entries(pack), *agency_entries(pack)]
    router = Router.build(entries)
    built = time.perf_counter()
    table = Table(
        "Routing: `Router.decide` on the country pack",
        f"{len(entries)} entries; read in {loaded - begun:.2f} s, built in {built - loaded:.2f} s; "
        "one thread",
    )
    random = Random(445)
    cases = (
        ("a question of one line", [texts.question(random) for _ in range(300 * size)]),
        ("an appeal of one or two sentences", [texts.appeal(random) for _ in range(200 * size)]),
        ("4,096 characters", [texts.long_text(random, 4096) for _ in range(60 * size)]),
        ("65,536 characters", [texts.long_text(random, 65_536) for _ in range(12 * size)]),
    )
    for name, messages in cases:
        router.decide(messages[0])
        table.add(name, **spread([_timed(router, message) for message in messages], 0.99))
    return table


def _timed(router: Router, message: str) -> float:
    begun = time.perf_counter()
    router.decide(message)
    return time.perf_counter() - begun
