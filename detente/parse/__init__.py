"""Parsing: from a report to its paragraphs, sentences, quotations and mentions. Codes nothing and dates nothing."""
