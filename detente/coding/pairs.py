"""What one named party does to another in a sentence: the encoder's judgement of pairs that somebody else has found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.codebook.encoder import NONE, Encoder, Judgement, Pair
from detente.codebook.ontology import Ontology
from detente.model.pair import AskedPair, PairCoding
from detente.model.span import Span


def code_pairs(asked: Sequence[AskedPair], encoder: Encoder, ontology: Ontology) -> list[PairCoding]:
    """A coding for each pair, in order; a sentence that is asked about several times is read once.

    Each sentence goes through the encoder by itself, so that an answer does not depend on what else is asked.
    """
    passages = {sentence: encoder.read([sentence])[0] for sentence in {item.sentence: None for item in asked}}
    return [_coding(item, encoder.judge(passages[item.sentence], [_placed(item)])[0], ontology) for item in asked]


def _coding(item: AskedPair, judgement: Judgement, ontology: Ontology) -> PairCoding:
    if item.source.split() == item.target.split():
        return PairCoding(item.uid, None, None, 1.0)  # nobody does anything to himself
    root = judgement.best("type")
    confidence = round(judgement.chance("type", root), 3)
    if root == NONE:
        return PairCoding(item.uid, None, None, confidence)
    return PairCoding(item.uid, root, ontology.quad(root), confidence)


def _placed(item: AskedPair) -> Pair:
    """The pair with its words found in the sentence: where they stand nearest to each other without overlap."""
    sources, targets = _places(item.sentence, item.source), _places(item.sentence, item.target)
    both = [(s, t) for s in sources for t in targets if not s.overlaps(t)]
    if not both:
        return Pair(sources[:1], targets[:1] if not sources else ())
    source, target = min(both, key=lambda pair: max(p.start for p in pair) - min(p.end for p in pair))
    return Pair((source,), (target,))


def _places(sentence: str, words: str) -> list[Span]:
    """Where the words stand, as whole words before as parts of words, in any case."""
    parts = r"\s+".join(re.escape(part) for part in words.split())
    for pattern in (rf"(?<!\w){parts}(?!\w)", parts):
        found = [Span(*match.span()) for match in re.finditer(pattern, sentence, re.IGNORECASE)]
        if found:
            return found
    return []
