"""What the tests of several rooms share: the real embedder, an index of the starter corpus, the seed pages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from corpus import STARTER_CORPUS, Answer, Doctor, Thread, read_paths
from index.build.build import build_index
from index.index import Index
from index.models.embedder import SentenceTransformerEmbedder, load_embedder
from index.models.packaged_model import packaged_model_folder

# The same examples in every run, so that a check fails for what was changed and for nothing else.
# HYPOTHESIS_PROFILE=explore draws others.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# Each of the processes that share the cores computes on one of them: more only get in each other's way.
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).parents[1]
SHARED = Path(__file__).parents[2] / "shared"


def threads_in(*paths: Path) -> list[Thread]:
    """Read threads, and fail on any problem."""
    found = list(read_paths(paths))
    assert [str(record) for record in found if not isinstance(record, Thread)] == []
    return [record for record in found if isinstance(record, Thread)]


def messages_in(path: Path) -> list[str]:
    """Return the messages of a file, one a line; lines that begin with # are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def invented_thread(name: str, *texts: str, **fields: object) -> Thread:
    """Return a thread about nothing real, with answers by plainly invented doctors."""
    answers = tuple(
        Answer(id=f"{name}-{n}", position=n, text=text, author=Doctor(name=f"Zog Invented {n}", credentials="MD"))
        for n, text in enumerate(texts, start=1)
    )
    values: dict[str, object] = {"id": name, "title": name.replace("-", " "), "answers": answers, **fields}
    return Thread(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    """The packaged model, for real."""
    return load_embedder()


@pytest.fixture(scope="session")
def starter_index(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceTransformerEmbedder) -> Index:
    """An index of the starter corpus."""
    directory = tmp_path_factory.mktemp("starter") / "index"
    build_index(threads_in(STARTER_CORPUS), directory, embedder, corpus=["corpus/starter"])
    return Index(directory, embedder)


@pytest.fixture(scope="session")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a real cross-encoder, tiny and never taught: it judges by chance, and always the same."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(packaged_model_folder())
    config = BertConfig(
        vocab_size=tokenizer.vocab_size,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
        initializer_range=0.5,
    )
    with torch.random.fork_rng():
        torch.manual_seed(1)
        BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment for processes that refuses every connection but to this machine.

    When the tests are over, no process may have tried one.
    """
    attempts = tmp_path_factory.mktemp("network") / "attempts.txt"
    guard = os.pathsep.join([str(ROOT / "tests" / "guard"), os.environ.get("PYTHONPATH", "")])
    yield {**os.environ, "PYTHONPATH": guard, "NETWORK_ATTEMPTS": str(attempts)}
    assert not attempts.exists() or attempts.read_text() == ""


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two pages that the project began with, which are not ours to ship."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip(f"the seed pages are not here ({folder})")
    return folder
