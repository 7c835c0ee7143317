"""How much hangs on a coding being right, and how unsure the machine is of it: by this a review is ordered."""

from __future__ import annotations

from detente.model.event import Event


def doubt(confidence: float) -> float:
    """How unsure the machine is, 0 to 1."""
    return 1.0 - min(1.0, max(0.0, confidence))


def stake_of_event(event: Event) -> float:
    """The score's size (PLOVER's, else Goldstein's) times one more than the most deaths told, times the doubt.

    What did not happen counts nowhere, and weighs as if nobody had died.
    """
    scores = (c.score for name in ("PLOVER", "CAMEO") if (c := event.coding(name)) is not None)
    score = next((abs(score) for score in scores if score is not None), 0.0)
    dead = event.size.dead.high if event.counts and event.size and event.size.dead else 0
    return score * (1 + dead) * doubt(event.confidence)


def stake_of_statement(confidence: float) -> float:
    """A statement does nothing by itself: only the doubt counts."""
    return doubt(confidence)
