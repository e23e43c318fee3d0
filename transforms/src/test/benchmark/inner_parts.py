#!/usr/bin/python3
"""The inner parts as one writes them with NumPy, pandas and PyTorch: the peers of our benchmarks.

Prints a JSON line for a part: CPU microseconds (user and system, whole process) of one call, the
median and all repeats. Sizes are those of io.towerbeam.benchmarks.Shapes. One thread. Debian
packages: python3-numpy python3-pandas python3-torch.

  inner_parts.py PART [--repeats 7] [--seconds 0.5]
"""
import argparse
import io
import json
import os
import statistics
import time
from pathlib import Path

for library in "OMP", "OPENBLAS", "MKL":
    os.environ[f"{library}_NUM_THREADS"] = "1"
# Older releases of OpenBLAS take a new processor for one of 2004 and are then three times slower.
flags = Path("/proc/cpuinfo").read_text(encoding="ascii").split()
for flag, core in ("avx512bw", "SKYLAKEX"), ("avx2", "HASWELL"):
    if flag in flags:
        os.environ.setdefault("OPENBLAS_CORETYPE", core)
        break

# pylint: disable=wrong-import-position,import-outside-toplevel
import numpy as np

USERS, ITEMS, INTERACTIONS = 5392, 3662, 800_142
BATCH, NEGATIVES, BATCH_ITEMS = 2048, 4, 3392
FEATURES, DIM, K = 34, 32, 10
rng = np.random.default_rng(1)


def torch_of_one_thread():
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(1)
    return torch


def pair_sampler():
    users = np.sort(rng.integers(0, USERS, INTERACTIONS, dtype=np.int32))
    items = rng.integers(0, ITEMS, INTERACTIONS, dtype=np.int32)
    rows = rng.integers(0, INTERACTIONS, BATCH)
    pairs = np.empty((BATCH, 1 + NEGATIVES), dtype=np.int32)

    def sample():
        pairs[:, 0] = items[rows]
        pairs[:, 1:] = rng.integers(0, ITEMS, (BATCH, NEGATIVES), dtype=np.int32)
        return users[rows], pairs

    return sample


def features_of_items():
    torch = torch_of_one_thread()
    table, rows = torch.randn(ITEMS, FEATURES), torch.randint(ITEMS, (BATCH_ITEMS,))
    return lambda: table[rows]


def vectors_of_pairs():
    """From vectors to the loss of the cosines of pairs, and back."""
    torch = torch_of_one_thread()
    functional = torch.nn.functional
    users = torch.randn(BATCH, DIM, requires_grad=True)
    items = torch.randn(BATCH_ITEMS, DIM, requires_grad=True)
    slots = torch.randint(BATCH_ITEMS, (BATCH, 1 + NEGATIVES))
    labels = torch.zeros(BATCH, 1 + NEGATIVES)
    labels[:, 0] = 1

    def there_and_back():
        users.grad = items.grad = None
        theirs = functional.embedding(slots, functional.normalize(items, dim=1))
        cosines = (theirs * functional.normalize(users, dim=1)[:, None]).sum(2)
        loss = functional.binary_cross_entropy_with_logits(cosines, labels)
        loss.backward()
        return loss.item()

    return there_and_back


def pair_loss():
    torch = torch_of_one_thread()
    scores = torch.randn(BATCH, 1 + NEGATIVES, requires_grad=True)
    labels = torch.zeros(BATCH, 1 + NEGATIVES)
    labels[:, 0] = 1

    def there_and_back():
        scores.grad = None
        loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, labels)
        loss.backward()
        return loss.item()

    return there_and_back


def training_step():
    """The item tower once per distinct item, without the optimiser: as ours, not as published."""
    torch = torch_of_one_thread()
    functional = torch.nn.functional
    features = torch.randn(ITEMS, FEATURES)
    embedding = torch.nn.Embedding(USERS, DIM)
    layers, width = [], FEATURES
    for hidden in (128, 64, 32):
        layers += [torch.nn.Linear(width, hidden), torch.nn.ReLU(), torch.nn.Dropout(0.2)]
        width = hidden
    tower = torch.nn.Sequential(*layers, torch.nn.Linear(width, DIM))
    users = rng.integers(0, USERS, INTERACTIONS, dtype=np.int32)
    items = rng.integers(0, ITEMS, INTERACTIONS, dtype=np.int32)
    rows = rng.integers(0, INTERACTIONS, BATCH)
    labels = torch.zeros(BATCH, 1 + NEGATIVES)
    labels[:, 0] = 1

    def there_and_back():
        pairs = np.hstack([items[rows, None], rng.integers(0, ITEMS, (BATCH, NEGATIVES), dtype=np.int32)])
        distinct, slots = np.unique(pairs, return_inverse=True)
        vectors = functional.normalize(tower(features[torch.from_numpy(distinct.astype(np.int64))]), dim=1)
        mine = functional.normalize(embedding(torch.from_numpy(users[rows].astype(np.int64))), dim=1)
        theirs = functional.embedding(torch.from_numpy(slots.reshape(BATCH, -1)), vectors)
        loss = functional.binary_cross_entropy_with_logits((theirs * mine[:, None]).sum(2), labels)
        tower.zero_grad()
        embedding.zero_grad()
        loss.backward()
        return loss.item()

    return there_and_back


def adam():
    torch = torch_of_one_thread()
    size = USERS * DIM + 34 * 128 + 128 * 64 + 64 * 32 + 32 * 32 + 128 + 64 + 32 + 32
    parameters = (0.01 * torch.randn(size)).requires_grad_()
    parameters.grad = 1e-4 * torch.randn(size)
    return torch.optim.Adam([parameters], lr=5e-4, weight_decay=1e-3).step


def dropout_mask():
    torch = torch_of_one_thread()
    masks = [torch.empty(BATCH_ITEMS, width) for width in (128, 64, 32)]
    return lambda: [mask.bernoulli_(0.8).div_(0.8) for mask in masks]


def ten_best(scores):
    top = np.argpartition(-scores, K, axis=1)[:, :K]
    order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1)


def top_k():
    scores = rng.standard_normal((256, ITEMS), dtype=np.float32)
    return lambda: ten_best(scores)


def recommend():
    """In one product, and in batches of 256: the faster of the two counts. The user's own items are
    not even left out."""
    users = rng.standard_normal((USERS, DIM), dtype=np.float32)
    items = rng.standard_normal((ITEMS, DIM), dtype=np.float32)
    by_batch = lambda: [ten_best(users[n : n + 256] @ items.T) for n in range(0, USERS, 256)]
    at_once = lambda: ten_best(users @ items.T)
    return min(by_batch, at_once, key=lambda way: min(once(way) for _ in range(3)))


def ranking_metrics():
    """The six metrics of ranking_models.py, from a matrix of what is relevant."""
    test = np.zeros((836, ITEMS), dtype=bool)
    np.put_along_axis(test, rng.integers(0, ITEMS, (836, 113)), True, axis=1)
    top = np.stack([rng.permutation(ITEMS)[:K] for _ in range(836)])

    def judge():
        hits = np.take_along_axis(test, top, axis=1)
        relevant = test.sum(axis=1)
        discounts = 1 / np.log2(np.arange(2, K + 2))
        ideal = np.cumsum(discounts)[np.minimum(relevant, K) - 1]
        precisions = np.cumsum(hits, axis=1) / np.arange(1, K + 1)
        return (hits.any(axis=1).mean(), hits.mean(), (hits.sum(axis=1) / relevant).mean(),
                (hits @ discounts / ideal).mean(),
                ((precisions * hits).sum(axis=1) / np.minimum(relevant, K)).mean(),
                len(np.unique(top)) / ITEMS)

    return judge


def interaction_parsing():
    import pandas as pd

    lines = 32_768
    rows = zip(100_000 + np.arange(lines) * 200 // lines, rng.integers(1, 60_001, lines),
               rng.integers(2, 11, lines) / 2, rng.integers(1_000_000_000, 1_500_000_000, lines))
    text = "userId,movieId,rating,timestamp\n" + "".join(f"{u},{i},{r},{t}\n" for u, i, r, t in rows)
    log = text.encode("ascii")
    return lambda: pd.read_csv(io.BytesIO(log))


def order_and_number():
    ids = [str(n) for n in rng.permutation(60_000)]
    return lambda: {name: n for n, name in enumerate(sorted(ids, key=int))}


def look_up():
    index = {str(n): n for n in range(60_000)}
    asked = [str(n) for n in rng.integers(0, 60_000, 100_000)]
    return lambda: sum(index.get(name, -1) for name in asked)


def once(call):
    start = time.process_time()
    call()
    return time.process_time() - start


def measured(call, seconds):
    """CPU microseconds of a call, over some seconds of them."""
    calls, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        call()
        calls += 1
    return 1e6 * (time.process_time() - start) / calls


def main():
    parts = {part.__name__.replace("_", "-"): part for part in (
        pair_sampler, features_of_items, vectors_of_pairs, pair_loss, training_step, adam, dropout_mask, top_k,
        recommend, ranking_metrics, interaction_parsing, order_and_number, look_up)}
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=parts)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5)
    args = parser.parse_args()
    call = parts[args.part]()
    measured(call, args.seconds)
    all_repeats = [measured(call, args.seconds) for _ in range(args.repeats)]
    print(json.dumps({"part": args.part, "cpu_us": statistics.median(all_repeats), "all": all_repeats}))


if __name__ == "__main__":
    main()
