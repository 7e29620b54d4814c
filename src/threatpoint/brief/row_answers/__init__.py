"""Headlines of the terminal."""
