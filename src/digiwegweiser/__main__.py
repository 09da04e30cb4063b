"""`python -m digiwegweiser`."""

from digiwegweiser.cli import main

main()
