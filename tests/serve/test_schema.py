"""The API against its own description, by Schemathesis: whatever is asked, no answer is another than it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import schemathesis
from factory import sample
from fused import TEXTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.fusing import fuse_archive
from detente.serve.server import make_app
from detente.store import Archive

ASKED = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def test_no_answer_is_another_than_the_description_says(place: Path | str) -> None:
    with Archive.open(place) as archive:
        for one in (sample(), *TEXTS):
            archive.add(one)
        fuse_archive(archive)
        schema: Any = schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(archive, ("*",)))
        operations = [found.ok() for found in schema.get_all_operations()]
        assert {operation.path for operation in operations} >= {"/api/v1/events", "/api/v1/incidents/{id}"}

        @ASKED
        @given(st.one_of([operation.as_strategy() for operation in operations]))
        def ask(case: Any) -> None:
            case.call_and_validate()

        ask()
