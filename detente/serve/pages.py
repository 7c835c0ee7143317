"""What all pages share: how templates are filled, and how much a page shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BeforeValidator

from detente.model.incident import IncidentParty
from detente.model.quads import quad_of_type
from detente.serve.assets import asset
from detente.serve.wording import clean, cut

SHOWN = 50
Day = Annotated[date | None, BeforeValidator(lambda told: told or None)]
"""A day in an address; a form that leaves it open sends an empty one."""
Shown = Callable[..., HTMLResponse]


def make_templates() -> Environment:
    """The templates with the filters they need; whatever is put into them is escaped."""
    environment = Environment(
        loader=PackageLoader("detente.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": lambda words: clean(str(words or "")), "cut": cut, "parties": parties_words}
    environment.globals |= {"quad_number": lambda type: quad_of_type(type).number, "asset": asset}
    return environment


def shown_by(templates: Environment) -> Shown:
    """Fills a template by its name."""

    def shown(name: str, **told: object) -> HTMLResponse:
        return HTMLResponse(templates.get_template(name).render(**told))

    return shown


def parties_words(parties: Sequence[IncidentParty]) -> str:
    """The parties of an incident with their codes; a question mark where nobody is named."""
    return ", ".join(clean(f"{party.name} ({party.code})" if party.code else party.name) for party in parties) or "?"
