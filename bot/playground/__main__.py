"""`python -m bot.playground [--host 127.0.0.1] [--port 8010]`: the playground alone, until Ctrl-C."""

import argparse
import asyncio
import signal
import sys

from bot.playground.server import serve


def announce(address: str) -> None:
    print(f"Chat page: {address}\nBot API: {address} (set QABUL_TELEGRAM_API_URL to it)", flush=True)


async def main(host: str, port: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    await serve(host, port, ready=announce, stop=stop)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m bot.playground", description="Telegram without Telegram."
    )
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=8010, help="0 takes a free one")
    options = parser.parse_args()
    try:
        asyncio.run(main(options.host, options.port))
    except (OSError, ValueError) as refusal:
        sys.exit(str(refusal))
