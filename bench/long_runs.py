"""The measurements that `make bench` does not make anew, because each takes minutes to hours, as a section of its page.

    python bench/long_runs.py

puts what stands in bench/DESK.md, KILLS.md, FUZZ.md, SOAK.md and SPARK.md, each with its own day and command, at the
end of bench/RESULTS.md.
"""

from __future__ import annotations

import re

from readings import ROOT

RESULTS = ROOT / "bench" / "RESULTS.md"
MARK = "<!-- long runs -->"
PAGES = ("DESK", "KILLS", "FUZZ", "SOAK", "SPARK")


def section() -> list[str]:
    """The section's lines: of each page its last measurement, headings two levels down."""
    found = [(ROOT / "bench" / f"{name}.md") for name in PAGES]
    parts = [part for page in found if page.exists() for part in (*_last(page.read_text(encoding="utf-8")), "")]
    return [MARK, "## Long runs", "", "Each by a command of its own, at its own time.", "", *parts]


def _last(page: str) -> list[str]:
    """What stands before the first dated heading of a page, and the last of what stands under one."""
    head, *dated = re.split(r"^(?=## \d{4}-\d{2}-\d{2})", page.strip(), flags=re.MULTILINE)
    return re.sub(r"^#", "###", head + (dated[-1] if dated else ""), flags=re.MULTILINE).strip().split("\n")


def main() -> None:
    """Puts the section into the page."""
    before = RESULTS.read_text(encoding="utf-8").partition(MARK)[0]
    RESULTS.write_text(before + "\n".join(section()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
