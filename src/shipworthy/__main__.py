"""`python -m shipworthy` is the command line under another name."""

from shipworthy.cli import main

if __name__ == "__main__":
    main()
