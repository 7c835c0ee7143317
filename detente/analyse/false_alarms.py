"""How many false alarms the levels of alerts had where that was measured: a figure beside every alert.

It holds for series like those it was measured on, with which the method was also made. For other sources,
pairs or decades it is not established.
"""

from __future__ import annotations

from itertools import pairwise
from math import exp, log

MEASURED_ON = "20 pairs of countries, GDELT 2.0, April 2018 to February 2024, 118 pair-years, 14 dated outbreaks"
# Level and false alarms per pair-year from that level on; `python bench/alerts.py` prints them anew.
MEASURED = ((4.0, 0.36), (5.5, 0.17), (7.0, 0.08), (9.0, 0.04), (12.0, 0.03))


def false_alarms_at(level: float) -> float:
    """False alarms per pair-year of this level or above; of the highest measured level where it lies beyond."""
    if level <= MEASURED[0][0]:
        return MEASURED[0][1]
    for (low, often), (high, seldom) in pairwise(MEASURED):
        if level <= high:
            part = log(level / low) / log(high / low)
            return round(exp(log(often) + part * log(seldom / often)), 3)
    return MEASURED[-1][1]
