"""What we know before reading: names, offices, places, ontologies, and the words of a language."""
