"""The days of an archive's reports, counted once: many pages stand on them, and reading them all takes seconds.

New reports are added when a page is asked for. To which stories reports belong changes when they are fused, so all is
counted anew now and then, beside the pages, which show what was counted before until that is done.
"""

from __future__ import annotations

import gc
import threading
import time

from detente.analyse.coverage import Published, PublishedDays
from detente.store import Archive, ArchiveError

_ANEW, _MANY = 600.0, 10_000


class KeptDays:
    """The days of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._days, self._last, self._since = PublishedDays(), 0, float("-inf")
        self._counting = False

    def __call__(self) -> PublishedDays:
        """The days as they are now."""
        with self._lock:
            self._catch_up()
            if time.monotonic() - self._since > _ANEW and not self._counting:
                if self._since == float("-inf"):
                    self._since = time.monotonic()
                else:
                    self._counting = True
                    threading.Thread(target=self._count_anew, daemon=True).start()
            return self._days

    def _catch_up(self) -> None:
        with self._archive.looking() as rows:
            last = rows.last_report()
            if last != self._last:
                many = last - self._last > _MANY
                self._days.add(Published(*row) for row in rows.published(self._last))
                self._last = last
                if many:
                    # They stay: Python need not look through all of them again and again for what could go.
                    gc.collect()
                    gc.freeze()

    def _count_anew(self) -> None:
        try:
            with self._archive.looking() as rows:
                last = rows.last_report()
                days = PublishedDays(Published(*row) for row in rows.published())
            with self._lock:
                self._days, self._last = days, last
        except ArchiveError:
            # What was counted before stays; the pages tell what is wrong with the archive.
            pass
        finally:
            self._since, self._counting = time.monotonic(), False
