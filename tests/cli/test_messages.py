"""Messages are one plain line on standard error, whatever they hold."""

from __future__ import annotations

import pytest

from detente.cli.messages import say, working


def test_a_message_is_one_unfolded_line(capsys: pytest.CaptureFixture[str]) -> None:
    say("a [bold]:bomb:\nb\x1b[31m " + "word " * 60 + "/tmp/x.txt 12")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "a [bold]:bomb:\\nb\\x1b[31m " + "word " * 60 + "/tmp/x.txt 12\n"


def test_progress_is_silent_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with working("reading [x]"):
        pass
    assert capsys.readouterr() == ("", "")
