"""Coding: from a reading to statements (who said what) and events (who did what to whom). Resolves no names."""
