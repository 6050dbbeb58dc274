"""`python -m bot` is `qabul bot`: the bot alone, beside other processes on the same database."""

import sys

from hub.cli import main

if __name__ == "__main__":
    sys.argv[1:1] = ["bot"]
    main()
