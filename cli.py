"""Runs the command line from a checkout: `python cli.py search ...`. Not part of the wheel."""

from textmine.cli import main

if __name__ == "__main__":
    main()
