"""`python -m bot`: the bot alone, beside other processes on the same database."""

import asyncio
import signal

from bot.app import run_bot
from hub.app import open_database
from hub.foundation.settings import load_settings


async def main() -> None:
    settings = load_settings()
    database = open_database(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        await run_bot(database, settings, stop=stop)
    finally:
        await database.dispose()


if __name__ == "__main__":
    asyncio.run(main())
