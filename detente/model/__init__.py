"""What we talk about: reports, readings, statements, events, places and dates as frozen dataclasses.

Imports the standard library and nothing else. Nothing here reads files or knows a language.
"""
