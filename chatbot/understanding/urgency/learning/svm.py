"""Learns what an emergency is out of `examples/`.

`python -m chatbot.understanding.urgency.learning.svm [QUESTIONS.jsonl ...]` runs it.

It prints what rules and classifier do together on examples that they have not learned from (whole sets of messages
that one person wrote are left out in turn), and writes the weights that have learned from all of them. Files on the
command line are more questions that are no emergencies, as JSON Lines: their texts are learned from, not kept.
"""

import argparse
import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from chatbot.understanding.urgency.english import svm
from chatbot.understanding.urgency.english.rules import kind_by_rules
from chatbot.understanding.urgency.english.svm import KINDS, STEPS, WEIGHTS_FILE, Svm, Weights, context_row, layer_means
from chatbot.understanding.urgency.english.typos import correct_typos
from chatbot.understanding.urgency.examples import ENGLISH, UNRELATED, Example, examples_in
from chatbot.understanding.urgency.learning import signs as learn_signs
from chatbot.understanding.urgency.ngrams import BUCKETS, hash_ngrams

FALSE_POSITIVE_RATE = 0.03
"""Of hard negatives that were not learned from; it sets the threshold."""

_DIRECTIONS = 160
_COST, _GAMMA = 3.0, 1.5
"""Cross-validated: with gamma 1 or 3 recall was 0.03 worse, with 128 or 256 directions within 0.02."""
_CONTEXT_COST, _CONTEXT_GAMMA = 1.0, 0.5
_NGRAM_COST = 10.0
_KIND_COST = 30.0
_FOLDS = 4
_BATCH = 32
_UNRELATED = 900
"""Made-up pairs of an emergency, and a message after it that is none ("thanks"), for the SVM in context."""

_Bools = NDArray[np.bool_]
_Rows = NDArray[np.float32]


class Encoded:
    """Examples with all that the model reads in them, read once."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Read the examples, their parts, and those with the messages before them."""
        self.examples = examples
        self.texts = [correct_typos(example.text) for example in examples]
        parts = [svm.parts_of(text) for text in self.texts]
        self.rows = _rows([part for some in parts for part in some])
        self.first = np.cumsum([0, *(len(some) for some in parts)])
        self.whole = self.rows[self.first[:-1]]
        self.both = self.whole.copy()
        after = [at for at, example in enumerate(examples) if example.before]
        self.both[after] = _rows([svm.with_context(self.texts[at], examples[at].before) for at in after])
        self.ngrams = learn_signs.ngram_rows([hash_ngrams(text) for text in self.texts], BUCKETS)
        self.urgent = np.array([example.label == "urgent" for example in examples])
        self.after = np.array([bool(example.before) for example in examples])
        self.kinds = np.array([KINDS.index(example.notice) for example in examples])
        self.signs = np.array([kind_by_rules(text) is not None for text in self.texts])


def main() -> None:
    """Learn from the examples, print how well, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="*", type=Path, help="more questions that are no emergencies")
    more = [
        Example(text, (), "ordinary", "", path.stem) for path in parser.parse_args().questions for text in _texts(path)
    ]
    encoded = Encoded([*examples_in(ENGLISH), *with_unrelated(examples_in(ENGLISH)), *more])
    values, in_context = cross_validated(encoded)
    threshold = _threshold(encoded, values)
    context_threshold = _context_threshold(encoded, in_context)
    write(learned(encoded, np.ones(len(encoded.examples), dtype=bool)), threshold, context_threshold)
    print(f"{WEIGHTS_FILE}: {WEIGHTS_FILE.stat().st_size / 1024:.0f} KiB from {len(encoded.examples)} messages.")
    report(encoded, values - threshold, in_context - context_threshold)
    print("\n".join(learn_signs.learn()))


def with_unrelated(examples: Sequence[Example]) -> list[Example]:
    """Return ordinary messages, each after one that it has nothing to do with, mostly an emergency."""
    random = np.random.default_rng(1)
    alone = [example for example in examples if not example.before and len(example.text) < 200]
    ordinary = [example for example in alone if example.label == "ordinary" and len(example.text) < 60]
    preceding = [example for example in alone if example.label == "urgent"] * 2 + [
        example for example in alone if example.label == "hard negative"
    ]
    pairs = zip(random.choice(len(ordinary), _UNRELATED), random.choice(len(preceding), _UNRELATED), strict=True)
    return [
        Example(ordinary[a].text, (preceding[b].text,), "ordinary", "", f"{UNRELATED}{at % _FOLDS}")
        for at, (a, b) in enumerate(pairs)
    ]


def cross_validated(encoded: Encoded) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each message's value alone, and after those before it, from weights that have not seen its set."""
    sets = np.array([example.set for example in encoded.examples])
    names = sorted(set(sets))
    alone, in_context = np.zeros(len(sets)), np.zeros(len(sets))
    for fold in range(_FOLDS):
        judged = np.isin(sets, names[fold::_FOLDS])
        weights = learned(encoded, ~judged)
        for at in np.flatnonzero(judged):
            values = weights.values(encoded.rows[encoded.first[at] : encoded.first[at + 1]])
            alone[at] = svm.message_value(values, float((encoded.ngrams[at] @ weights.ngrams)[0]))
            if encoded.after[at]:
                rows = np.stack([encoded.both[at], encoded.whole[at]])
                in_context[at] = weights.context_value(rows, weights.values(rows))
    return alone, in_context


def learned(encoded: Encoded, chosen: _Bools) -> Weights:
    """Return the weights that have learned from some of the examples."""
    alone = (
        chosen
        & ~(encoded.after & encoded.urgent)
        & np.array([not e.set.startswith(UNRELATED) for e in encoded.examples])
    )
    found = PCA(_DIRECTIONS, random_state=1).fit(encoded.whole[alone])
    mean, directions = found.mean_.astype(np.float32), found.components_.astype(np.float32)
    bare = Weights(mean, directions, _NO_SVM, _NO_SVM, np.zeros(0, np.float32), np.zeros(0, np.float32))
    rows = bare.projected(encoded.whole)
    svm = _svm(rows[alone], encoded.urgent[alone], cost=_COST, gamma=_GAMMA)
    letters = LogisticRegression(C=_NGRAM_COST, max_iter=500, class_weight="balanced")
    letters.fit(encoded.ngrams[alone], encoded.urgent[alone])
    urgent = alone & encoded.urgent
    kinds = LogisticRegression(C=_KIND_COST, max_iter=1000, class_weight="balanced")
    kinds.fit(rows[urgent], encoded.kinds[urgent])
    after = np.flatnonzero(chosen & encoded.after)
    both = bare.projected(encoded.both[after])
    pairs = np.stack([both, rows[after]], axis=1)
    values = np.stack([svm.values(both), svm.values(rows[after])], axis=1)
    seen = np.stack([context_row(pair, value) for pair, value in zip(pairs, values, strict=True)])
    in_context = _svm(seen, encoded.urgent[after], cost=_CONTEXT_COST, gamma=_CONTEXT_GAMMA)
    ngrams = letters.coef_[0].astype(np.float32)
    matrix = np.vstack([kinds.coef_.T, kinds.intercept_]).astype(np.float32)
    return Weights(mean, directions, svm, in_context, ngrams, matrix)


def write(weights: Weights, threshold: float, context_threshold: float) -> None:
    """Write the weights, with the thresholds at 0."""
    step = float(np.abs(weights.ngrams).max()) / 127
    np.savez_compressed(
        WEIGHTS_FILE,
        mean=weights.mean.astype(np.float16),
        directions=_as_bytes(weights.directions),
        ngrams=np.round(weights.ngrams / step).astype(np.int8),
        ngrams_step=np.float32(step),
        kinds=weights.kinds.astype(np.float16),
        **_record("alone", weights.alone, threshold),
        **_record("context", weights.in_context, context_threshold),
    )


def report(encoded: Encoded, values: NDArray[np.float64], in_context: NDArray[np.float64]) -> None:
    """Print how many of each label and kind are flagged, of those that were not learned from."""
    flagged = np.array(
        [value > (-svm.SIGN_MARGIN if sign else 0.0) for value, sign in zip(values, encoded.signs, strict=True)]
    )
    flagged |= encoded.after & (in_context > 0)
    groups: dict[tuple[str, ...], list[bool]] = {}
    for example, one in zip(encoded.examples, flagged, strict=True):
        where = "written unseen" if example.written else "others"
        names: list[tuple[str, ...]] = [(where, example.label)]
        if example.label == "urgent":
            names.append((where, example.label, example.kind))
        if example.before:
            names.append((where, example.label, "after others"))
        for name in names:
            groups.setdefault(name, []).append(bool(one))
    for name, some in sorted(groups.items()):
        print(f"{' / '.join(name):45} {sum(some):5} of {len(some):5}  {np.mean(some):.3f}")


def _threshold(encoded: Encoded, values: NDArray[np.float64]) -> float:
    hard = np.array([e.written and e.label == "hard negative" for e in encoded.examples]) & ~encoded.after
    return float(np.quantile(values[hard], 1 - FALSE_POSITIVE_RATE))


def _context_threshold(encoded: Encoded, values: NDArray[np.float64]) -> float:
    negatives = encoded.after & ~encoded.urgent & np.array([e.written for e in encoded.examples])
    return float(np.quantile(values[negatives], 1 - FALSE_POSITIVE_RATE))


def _rows(texts: Sequence[str]) -> _Rows:
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    found = np.concatenate(
        [layer_means([texts[i] for i in order[at : at + _BATCH]]) for at in range(0, len(texts), _BATCH)]
    )
    rows = np.empty_like(found)
    rows[order] = found
    return rows


def _svm(rows: _Rows, urgent: _Bools, *, cost: float, gamma: float) -> Svm:
    svc = SVC(C=cost, gamma=gamma, class_weight="balanced").fit(rows, urgent)
    vectors = svc.support_vectors_.astype(np.float32)
    return Svm(vectors, svc.dual_coef_[0].astype(np.float32), gamma, float(svc.intercept_[0]))


def _record(name: str, svm: Svm, threshold: float) -> dict[str, Any]:
    return {
        f"{name}_vectors": _as_bytes(svm.vectors),
        f"{name}_weights": svm.weights.astype(np.float16),
        f"{name}_gamma": np.float32(svm.gamma),
        f"{name}_intercept": np.float32(svm.intercept - threshold),
    }


def _as_bytes(values: _Rows) -> NDArray[np.int8]:
    return np.round(values * STEPS).clip(-127, 127).astype(np.int8)


def _texts(path: Path) -> list[str]:
    """Return the questions of a JSON Lines file, packed or not, but those that may be emergencies.

    A question is "text", "question_1", the last of "turns", or a thread's "title".
    """
    read = gzip.open if path.suffix == ".gz" else open
    found = []
    with read(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            turns = record.get("turns")
            text = turns[-1]["content"] if turns else next((record[n] for n in _QUESTION_FIELDS if record.get(n)), "")
            found.append(str(text)[:_QUESTION_CHARS])
    return [text for text in dict.fromkeys(found) if text and not _MAY_BE_URGENT.search(text)]


_QUESTION_FIELDS = ("text", "question_1", "title", "question")
_QUESTION_CHARS = 400
_MAY_BE_URGENT = re.compile(
    r"suicid|kill|\bdie\b|dying|dead|\bcut|harm|hurt|abus|\bhit|beat|rape|assault|molest|violen|threat|overdos"
    r"|swallow|poison|took|alive"
    r"|\bliv(?:e|ing)\b|afraid|scared|chok|breath|unconscious|bleed|seizure|stroke|chest pain|can't take",
    re.IGNORECASE,
)
"""Questions with such words are not taken for ordinary ones unread."""

_NO_SVM = Svm(np.zeros((0, 0), np.float32), np.zeros(0, np.float32), 0.0, 0.0)

if __name__ == "__main__":
    main()
