"""`python -m threatpoint` is the command `threatpoint`."""

from threatpoint.cli import main

if __name__ == "__main__":
    main()
