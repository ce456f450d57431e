"""This project beside txtai, LangChain and LlamaIndex with FAISS: the same model, answers and queries in one run.

    peers/bin/python -m tests.benchmarks.peers --corpus FILE --queries FILE --qrels FILE

It needs the environment of requirements-peers.txt. Each system runs in a process of its own, as its
documentation shows it: an answer is a document, its text the title and the answer.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from chatbot.evaluation.measures import read_qrels, score
from chatbot.evaluation.queries import read_queries
from corpus import Thread, read_paths
from index.models.packaged_model import packaged_model_folder

Search = Callable[[str], list[str]]
K = 10


def documents(corpus: Path) -> list[tuple[str, str]]:
    threads = [found for found in read_paths([corpus]) if isinstance(found, Thread)]
    return [(answer.id, f"{thread.title}\n{answer.text}") for thread in threads for answer in thread.answers]


def ours(corpus: Path, folder: Path) -> Search:
    from chatbot.startup import build_from
    from index.index import Index
    from index.models.embedder import EmbedderSettings

    build_from([str(corpus)], folder, EmbedderSettings())
    index = Index(folder)
    return lambda query: [hit.answer.id for hit in index.search(query, K, fold=False, diversify=False)]


def txtai(corpus: Path, folder: Path) -> Search:
    from txtai import Embeddings

    embeddings = Embeddings(path=str(packaged_model_folder()), content=False)
    embeddings.index(documents(corpus))
    embeddings.save(str(folder))
    return lambda query: [found[0] for found in embeddings.search(query, K)]


def txtai_hybrid(corpus: Path, folder: Path) -> Search:
    from txtai import Embeddings

    embeddings = Embeddings(path=str(packaged_model_folder()), content=False, hybrid=True)
    embeddings.index(documents(corpus))
    embeddings.save(str(folder))
    return lambda query: [found[0] for found in embeddings.search(query, K)]


def langchain(corpus: Path, folder: Path) -> Search:
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings

    own = documents(corpus)
    model = HuggingFaceEmbeddings(model_name=str(packaged_model_folder()))
    store = FAISS.from_texts([text for _, text in own], model, metadatas=[{"id": name} for name, _ in own])
    store.save_local(str(folder))
    return lambda query: [found.metadata["id"] for found in store.similarity_search(query, K)]


def llamaindex(corpus: Path, folder: Path) -> Search:
    import faiss
    from llama_index.core import Settings, StorageContext, VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.faiss import FaissVectorStore

    Settings.embed_model = HuggingFaceEmbedding(model_name=str(packaged_model_folder()))
    nodes = [TextNode(text=text, id_=name) for name, text in documents(corpus)]
    storage = StorageContext.from_defaults(vector_store=FaissVectorStore(faiss_index=faiss.IndexFlatIP(384)))
    index = VectorStoreIndex(nodes, storage_context=storage)
    index.storage_context.persist(str(folder))
    retriever = index.as_retriever(similarity_top_k=K)
    return lambda query: [found.node_id for found in retriever.retrieve(query)]


SYSTEMS: dict[str, Callable[[Path, Path], Search]] = {
    "ours": ours,
    "txtai": txtai,
    "txtai, hybrid": txtai_hybrid,
    "LangChain + FAISS": langchain,
    "LlamaIndex + FAISS": llamaindex,
}


def peak_memory() -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:"))


def measure(name: str, arguments: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        search = SYSTEMS[name](arguments.corpus, Path(folder) / "index")
        built = time.perf_counter() - start
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        found, times = {}, []
        for query in read_queries(arguments.queries)[: arguments.limit]:
            start = time.perf_counter()
            found[query.id] = search(query.message)
            times.append((time.perf_counter() - start) * 1000)
    result = score(name, found, read_qrels(arguments.qrels), times)
    return {
        "name": name,
        "build_s": built,
        "query_ms": float(np.median(times)),
        "peak_mib": peak_memory(),
        "index_mib": size / 2**20,
        "ndcg": result.mean("nDCG@10"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Other retrieval stacks side by side")
    for name in ("corpus", "queries", "qrels"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE")
    parser.add_argument("--limit", type=int, help="queries to search (default: all)")
    parser.add_argument("--only", choices=SYSTEMS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(measure(arguments.only, arguments)))
        return
    print(f"{'':20}{'build s':>9}{'query ms':>10}{'peak MiB':>10}{'index MiB':>11}{'nDCG@10':>9}")
    for name in SYSTEMS:
        command = [sys.executable, "-m", "tests.benchmarks.peers", *sys.argv[1:], "--only", name]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "HF_HUB_OFFLINE": "1"}
        )
        try:
            row = json.loads(done.stdout.splitlines()[-1])
        except (IndexError, ValueError):
            print(f"{name:20}  failed: {(done.stderr.strip().splitlines() or ['no output'])[-1]}", flush=True)
            continue
        figures = f"{row['build_s']:>9.1f}{row['query_ms']:>10.1f}{row['peak_mib']:>10}{row['index_mib']:>11.1f}"
        print(f"{name:20}{figures}{row['ndcg']:>9.3f}", flush=True)


if __name__ == "__main__":
    main()
