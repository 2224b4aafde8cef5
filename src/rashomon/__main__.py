"""`python -m rashomon`.

In: command-line arguments. Out: what `rashomon` does. Never: anything when imported, as worker processes do.
"""

from rashomon.cli import main

if __name__ == "__main__":
    main()
