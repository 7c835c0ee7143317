"""The way back from JSON for what fusing keeps: accounts, stories and incidents, as `to_dict` wrote them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any, cast, get_args

from detente.model.account import Account, AccountParty, AccountPlace, AccountSize, EventKey, SizeField
from detente.model.event import Status
from detente.model.fields import Fields
from detente.model.incident import Disagreement, DisagreementField, Incident, IncidentParty, SizeRange, Standing, Value
from detente.model.story import Copy, Story
from detente.model.when import Basis, Precision


def account_to_dict(account: Account) -> dict[str, object]:
    """An account as JSON holds it; `account_from_dict` gives it back."""
    return {
        "key": account.key.to_dict(),
        "published": account.published.isoformat() if account.published else None,
        "outlet": account.outlet,
        "type": account.type,
        "mode": account.mode,
        "status": account.status,
        "sources": [_party_to_dict(party) for party in account.sources],
        "targets": [_party_to_dict(party) for party in account.targets],
        "victims": [_party_to_dict(party) for party in account.victims],
        "background": account.background,
        "reciprocal": account.reciprocal,
        "first": account.first.isoformat() if account.first else None,
        "last": account.last.isoformat() if account.last else None,
        "basis": account.basis,
        "precision": account.precision,
        "where": account.place.to_dict() if account.place else None,
        "sizes": [
            {"field": s.field, "low": s.low, "high": s.high, "who": _party_to_dict(s.who) if s.who else None}
            for s in account.sizes
        ],
        "speaker": _party_to_dict(account.speaker) if account.speaker else None,
        "deniers": [_party_to_dict(party) for party in account.deniers],
        "words": list(account.words),
        "context": account.context,
        "score": account.score,
        "goldstein": account.goldstein,
        "story": account.story,
        "confidence": account.confidence,
        "named": [_party_to_dict(party) for party in account.named],
        "about": list(account.about),
        "meaning": b64encode(account.meaning).decode("ascii"),
        "bare": account.bare,
    }


def _party_to_dict(party: AccountParty) -> dict[str, object]:
    return {
        "name": party.name,
        "kind": party.kind,
        "entity": party.entity,
        "country": party.country,
        "code": party.code,
    }


def account_from_dict(data: object) -> Account:
    """The account of an object of `account_to_dict`."""
    fields = Fields.of(data, "account")
    return Account(
        key=_key(fields.part("key")),
        published=fields.maybe_day("published"),
        outlet=fields.maybe_text("outlet"),
        type=fields.text("type"),
        mode=fields.maybe_text("mode"),
        status=cast(Status, fields.choice("status", get_args(Status))),
        sources=fields.each("sources", _party),
        targets=fields.each("targets", _party),
        victims=fields.each("victims", _party),
        background=fields.flag("background"),
        reciprocal=fields.flag("reciprocal"),
        first=fields.maybe_day("first"),
        last=fields.maybe_day("last"),
        basis=_maybe_choice(fields, "basis", Basis),
        precision=_maybe_choice(fields, "precision", Precision),
        place=fields.maybe("where", _place),
        sizes=fields.each("sizes", _size),
        speaker=fields.maybe("speaker", _party),
        deniers=fields.each("deniers", _party),
        words=fields.texts("words"),
        context=fields.maybe_text("context") or "",
        score=fields.maybe_number("score"),
        goldstein=fields.maybe_number("goldstein"),
        story=fields.maybe_text("story"),
        confidence=fields.number("confidence"),
        named=fields.each("named", _party),
        about=fields.texts("about"),
        meaning=b64decode(fields.maybe_text("meaning") or ""),
        bare=fields.flag("bare"),
    )


def story_from_dict(data: object) -> Story:
    """The story of an object of `Story.to_dict()`."""
    fields = Fields.of(data, "story")
    return Story(
        id=fields.text("id"),
        reports=fields.texts("reports"),
        first=fields.maybe_day("first"),
        last=fields.maybe_day("last"),
        origin=fields.maybe_text("origin"),
        copies=fields.each(
            "copies", lambda f: Copy(f.text("report"), f.text("like"), f.number("share"), f.maybe_text("why") or "")
        ),
    )


def incident_from_dict(data: object) -> Incident:
    """The incident of an object of `Incident.to_dict()`."""
    fields = Fields.of(data, "incident")
    return Incident(
        id=fields.text("id"),
        type=fields.maybe_text("type") or "",
        mode=fields.maybe_text("mode"),
        status=cast(Status, fields.choice("status", get_args(Status))),
        sources=fields.each("sources", _incident_party),
        targets=fields.each("targets", _incident_party),
        victims=fields.each("victims", _incident_party),
        reports=fields.texts("reports"),
        outlets=fields.texts("outlets"),
        origins=fields.whole("origins"),
        events=fields.each("events", _key),
        denials=fields.each("denials", _key),
        retold=fields.each("retold", _key),
        first=fields.maybe_day("first"),
        last=fields.maybe_day("last"),
        dated=cast(Any, fields.choice("dated", ("stated", "publication", "unknown"))),
        where=fields.maybe("where", _place),
        score=fields.maybe_number("score"),
        goldstein=fields.maybe_number("goldstein"),
        reciprocal=fields.flag("reciprocal"),
        background=fields.flag("background"),
        sizes=_ranges(fields.part("sizes")),
        disagreements=fields.each("disagreements", _disagreement),
        standing=cast(Standing, fields.choice("standing", get_args(Standing))),
        claimed_by=fields.texts("claimed_by"),
        confirmed_by=fields.texts("confirmed_by"),
        denied_by=fields.texts("denied_by"),
        why=fields.maybe_text("why") or "",
    )


def _key(fields: Fields) -> EventKey:
    report, span = fields.text("report"), fields.maybe_span("span")
    return EventKey.of_sentence(report, span) if span else EventKey(report, fields.text("event"))


def _party(fields: Fields) -> AccountParty:
    optional = (fields.maybe_text(name) for name in ("entity", "country", "code"))
    return AccountParty(fields.text("name"), fields.text("kind"), *optional)


def _incident_party(fields: Fields) -> IncidentParty:
    return IncidentParty(fields.maybe_text("code"), fields.text("name"))


def _place(fields: Fields) -> AccountPlace:
    return AccountPlace(
        name=fields.text("name"),
        country=fields.maybe_text("country"),
        admin1=fields.maybe_text("admin1"),
        resolution=fields.maybe_text("resolution"),
        geonames_id=fields.maybe_whole("geonames_id"),
        latitude=fields.maybe_number("latitude"),
        longitude=fields.maybe_number("longitude"),
        claimed_by=fields.texts("claimed_by"),
    )


def _size(fields: Fields) -> AccountSize:
    field = cast(SizeField, fields.choice("field", get_args(SizeField)))
    return AccountSize(field, fields.whole("low"), fields.whole("high"), fields.maybe("who", _party))


def _ranges(fields: Fields) -> tuple[SizeRange, ...]:
    parts = ((name, fields.maybe_part(name)) for name in get_args(SizeField))
    return tuple(SizeRange(name, part.whole("low"), part.whole("high")) for name, part in parts if part)


def _disagreement(fields: Fields) -> Disagreement:
    field = cast(DisagreementField, fields.choice("field", get_args(DisagreementField)))
    return Disagreement(field, fields.each("values", _value))


def _value(fields: Fields) -> Value:
    given = fields.data.get("value")
    value = given if isinstance(given, int) and not isinstance(given, bool) else fields.text("value")
    return Value(value, fields.each("events", _key), fields.texts("said_by"))


def _maybe_choice(fields: Fields, name: str, kind: Any) -> Any:
    return fields.choice(name, get_args(kind)) if fields.maybe_text(name) is not None else None
