"""Lets `python -m complaintkit` do what `complaintkit` does."""

from complaintkit.cli import main

if __name__ == "__main__":
    main()
