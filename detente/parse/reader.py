"""The whole of parsing: a report goes in, a reading comes out (grammar, quotations, mentions, participants).

Nothing is coded or dated here, and nobody is looked up by the day.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from detente.codebook.gazetteer import Gazetteer
from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import WhosWho
from detente.model.participant import Candidate, Participant
from detente.model.reading import Mention, Paragraph, Quotation, Reading, Sentence, Token, Unresolved
from detente.model.report import Report
from detente.model.span import Span
from detente.parse import grammar as parser
from detente.parse.clusters import Cluster
from detente.parse.find import Find
from detente.parse.finds import find_mentions
from detente.parse.links import Links
from detente.parse.names import Known, find_names
from detente.parse.paragraphs import find_paragraphs
from detente.parse.phrases import Grammar, children_of
from detente.parse.pronouns import Answer, Pronouns
from detente.parse.quotations import find_quotations
from detente.parse.speech import tell_speech
from detente.parse.transcripts import Turn, find_turns, with_turns

# Smaller places share their names with too many people.
_LARGE = 50_000
LONGEST_TEXT = 100_000
"""Characters that are read of one report (about 16,000 words); the rest is kept and said to be unread."""


@dataclass(frozen=True)
class ParseKit:
    """What parsing needs to know: the parser, the names, the places, the language."""

    grammar: parser.Grammar
    whoswho: WhosWho
    gazetteer: Gazetteer
    language: LanguagePack


def parse_report(report: Report, kit: ParseKit) -> Reading:
    """Find sentences, quotations, and who or what is mentioned in a report."""
    text = report.text[:LONGEST_TEXT]
    paragraphs = find_paragraphs(text)
    tokens, sentences = kit.grammar.parse(text, paragraphs, kit.language.lemmas)
    grammar = Grammar(tokens, children_of(tokens))
    turns = _spoken_turns(text, paragraphs, _paragraphs_told(tokens, sentences, kit), kit)
    quotations = tell_speech(find_quotations(text, paragraphs, kit.language.quotation_marks), tokens, kit.language)
    quotations = with_turns(quotations, turns, text)
    known = Known(kit.whoswho, kit.gazetteer, kit.language)
    unnamed = kit.language.turn_labels
    finds = find_mentions(
        text,
        grammar,
        find_names(text, grammar, known, [t.label for t in turns if t.label.words(text).lower() not in unnamed]),
        known,
        tuple(q.span for q in quotations if not q.speech),
    )
    links = Links(grammar, quotations, known)
    pronouns = Pronouns(links, sentences, kit.language.all_saying())
    answers = _link_all(finds, links, pronouns)
    ids = {c.number: f"{report.id}-a{n}" for n, c in enumerate(links.alive(), start=1)}
    return Reading(
        report=report,
        paragraphs=paragraphs,
        sentences=sentences,
        tokens=tokens,
        quotations=quotations,
        mentions=tuple(_mention(find, links, ids) for find in finds),
        participants=tuple(_participant(c, links, ids) for c in links.alive()),
        unresolved=tuple(_open_questions(quotations, answers, ids, links)),
        parser=kit.grammar.version,
    )


def _paragraphs_told(tokens: Sequence[Token], sentences: Sequence[Sentence], kit: ParseKit) -> set[int]:
    """The paragraphs in which somebody else is told to speak or ask: "The moderators then asked about Iran"."""
    pronouns = kit.language.pronouns
    others = {t.head for t in tokens if t.dep == "nsubj" and pronouns.get(t.text.lower()) not in ("first", "second")}
    said = kit.language.saying["plain"]
    return {s.paragraph for s in sentences for i in range(s.first, s.last) if i in others and tokens[i].lemma in said}


def _spoken_turns(text: str, paragraphs: Sequence[Paragraph], told: Collection[int], kit: ParseKit) -> tuple[Turn, ...]:
    """The turns of a transcript; none where all labels are ground ("Gaza: ...", "Beirut: ...")."""
    talking = {word for word, person in kit.language.pronouns.items() if person in ("first", "second")}
    turns = find_turns(text, paragraphs, talking, kit.language.entry_labels, told)
    labels = {turn.label.words(text) for turn in turns}
    return () if all(_is_ground(label, kit) for label in labels) else turns


def _is_ground(label: str, kit: ParseKit) -> bool:
    named = kit.whoswho.find_names(label.title())
    country = any(m.entities and kit.whoswho.entity(m.entities[0]).kind == "country" for m in named)
    large = any(p.population >= _LARGE or p.id.startswith("place:") for p in kit.gazetteer.lookup(label.title()))
    return country or large


def _link_all(finds: Sequence[Find], links: Links, pronouns: Pronouns) -> list[tuple[Find, Answer]]:
    """Names and offices first, in text order; then pronouns, and the families that pronouns own ("his wife")."""
    by_head = {find.head: find for find in finds}
    later = [f for f in finds if f.kind == "pronoun" or (f.owner in by_head and by_head[f.owner].kind == "pronoun")]
    deferred = {find.head for find in later}
    links.waiting = {f.head: f for f in finds if f.head not in deferred}
    for find in finds:
        if find.head in links.waiting:
            links.link(find)
    answers: list[tuple[Find, Answer]] = []
    for find in later:
        if find.kind != "pronoun":
            links.link(find)
            continue
        answer = pronouns.answer(find)
        if answer is not None:
            answer.cluster.add(find)
            links.by_head[find.head] = (answer.cluster.number,)
            answers.append((find, answer))
    links.merge_families()
    return answers


def _mention(find: Find, links: Links, ids: dict[int, str]) -> Mention:
    numbers = links.by_head.get(find.head, ())
    return Mention(
        span=find.span,
        head=find.head,
        kind=find.kind,
        name=find.name,
        entities=find.entities,
        refers_to=tuple(ids[links.resolve(n).number] for n in numbers),
        as_place=find.as_place,
        country=find.country,
        sector=find.sector,
        role_class=find.descriptions[0].role_class if find.descriptions else None,
    )


def _participant(cluster: Cluster, links: Links, ids: dict[int, str]) -> Participant:
    sector = cluster.sector
    entities = [e for m in cluster.mentions for e in m.entities]
    candidates = tuple(
        Candidate(e, links.known.whoswho.entity(e).name, 0.5, "bears this name")
        for e in dict.fromkeys(entities)
        if cluster.entity is None
    )
    owner = ids.get(links.resolve(cluster.owner).number) if cluster.owner is not None else None
    spans = sorted(
        {m.span for m in cluster.mentions if m.kind != "demonym" or cluster.kind != "country"}
        or {m.span for m in cluster.mentions}
    )
    return Participant(
        id=ids[cluster.number],
        name=cluster.name,
        kind=cluster.kind,
        mentions=tuple(spans),
        entity=cluster.entity,
        country=cluster.country,
        sectors=(sector,) if sector else (),
        candidates=candidates,
        descriptions=tuple(cluster.descriptions),
        gender=cluster.gender,
        plural=cluster.plural,
        principal=owner,
    )


def _open_questions(
    quotations: Sequence[Quotation], answers: Sequence[tuple[Find, Answer]], ids: dict[int, str], links: Links
) -> list[Unresolved]:
    found = [
        Unresolved(q.span, "quotation", "the quotation mark is never closed; read to the end of the paragraph")
        for q in quotations
        if not q.closed
    ]
    for find, answer in answers:
        if not answer.clear:
            names = tuple(links.resolve(c.number).name for c in answer.candidates)
            found.append(Unresolved(find.span, "pronoun", answer.why, names))
    return found


def unread_part(report: Report) -> Span | None:
    """The part of a very long report that is kept but not read, or None."""
    return Span(LONGEST_TEXT, len(report.text)) if len(report.text) > LONGEST_TEXT else None
