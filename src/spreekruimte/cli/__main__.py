"""The command for who starts it through a chosen Python, as its own processes are started."""

from spreekruimte.cli import main

main()
