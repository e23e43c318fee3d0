#!/usr/bin/python3
"""Five ranking models as one writes them with NumPy, SciPy and scikit-learn: the peer of ours.

Fits each on MovieLens-1M's train side, scores the test users and takes their ten best items; prints
the CPU seconds (user and system, whole process) of both, and the metrics at 10. Debian packages:
python3-numpy python3-scipy python3-sklearn python3-threadpoolctl.

  ranking_models.py [--data ../../../../../shared/data/ml-1m] [--threads 1] [--models als,ease]
"""
import argparse
import os
import time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[5] / "shared/data/ml-1m")
parser.add_argument("--threads", type=int, default=1, help="of BLAS")
parser.add_argument("--models", default="item-knn,user-knn,truncated-svd,als,ease")
args = parser.parse_args()

# Older releases of OpenBLAS take a new processor for one of 2004 and are then three times slower.
flags = Path("/proc/cpuinfo").read_text(encoding="ascii").split()
for flag, core in ("avx512bw", "SKYLAKEX"), ("avx2", "HASWELL"):
    if flag in flags:
        os.environ.setdefault("OPENBLAS_CORETYPE", core)
        break

# pylint: disable=wrong-import-position
import numpy as np
from scipy import linalg, sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

SPLIT_TIME = 975_768_738
K = 10


def read(folder):
    """Train ratings (U, I) and test pairs (T, I), both CSR, and the T users' rows in train."""
    table = np.array([line.split(b"::") for line in (folder / "ratings.dat").read_bytes().splitlines()], dtype=np.int64)
    user, item, rating, when = table.T
    is_train = when <= SPLIT_TIME
    counts = np.bincount(user[is_train], minlength=user.max() + 1)
    is_train &= counts[user] >= 5
    users, items = np.unique(user[is_train]), np.unique(item[is_train])
    is_test = (when > SPLIT_TIME) & np.isin(item, items) & np.isin(user, users)
    ratings, test = (
        sparse.csr_matrix(
            (rating[rows].astype(np.float32), (np.searchsorted(users, user[rows]), np.searchsorted(items, item[rows]))),
            shape=(len(users), len(items)))
        for rows in (is_train, is_test))
    asked = np.flatnonzero((np.diff(ratings.indptr) >= 15) & (np.diff(test.indptr) >= 10))
    return ratings, test[asked], asked


def binary(ratings):
    ones = ratings.copy()
    ones.data[:] = 1
    return ones


def keep_largest(similarity, count):
    """A CSR matrix of the `count` largest entries in each row of a dense one."""
    columns = np.argpartition(similarity, -count, axis=1)[:, -count:]
    values = np.take_along_axis(similarity, columns, axis=1)
    return sparse.csr_matrix(
        (values.ravel(), columns.ravel(), np.arange(0, columns.size + 1, count)), shape=similarity.shape)


class ItemKnn:
    def fit(self, ratings):
        ones = binary(ratings)
        idf = np.log(ones.shape[1]) - np.log1p(np.diff(ones.indptr))
        weights = normalize(sparse.diags(idf.astype(np.float32)) @ ones, axis=0)
        self.similarity = keep_largest((weights.T.tocsr() @ weights).toarray(), 312)

    def score(self, ratings, asked):
        return (binary(ratings[asked]) @ self.similarity).toarray()


class UserKnn:
    def fit(self, ratings):
        self.ones = binary(ratings)
        lengths = np.diff(self.ones.indptr)
        idf = np.log(self.ones.shape[0]) - np.log1p(np.bincount(self.ones.indices, minlength=self.ones.shape[1]))
        by_user = 2.2 / (1.2 * (0.25 + 0.75 * lengths / lengths.mean()) + 1)
        self.weights = (sparse.diags(by_user) @ self.ones @ sparse.diags(idf)).astype(np.float32)

    def score(self, ratings, asked):
        similarity = keep_largest((self.weights[asked] @ self.weights.T).toarray(), 991)
        return (similarity @ self.ones).toarray()


class Svd:
    def fit(self, ratings):
        self.components = TruncatedSVD(5, n_iter=42, random_state=42).fit(ratings).components_

    def score(self, ratings, asked):
        return (ratings[asked] @ self.components.T) @ self.components


class Als:
    """Few factors: sums of the products of the other side's vectors give all rows' systems at once."""

    factors, regularization, iterations, steps, confidence = 5, 0.017213181410356635, 21, 3, 0.5853508719975767

    def fit(self, ratings):
        by_user = binary(ratings)
        by_item = by_user.T.tocsr()
        random = np.random.default_rng(42)
        self.users, self.items = (0.01 * random.random((n, self.factors), dtype=np.float32) for n in ratings.shape)
        for _ in range(self.iterations):
            self.improve(by_user, self.items, self.users)
            self.improve(by_item, self.users, self.items)

    def improve(self, rows, y, x):
        products = (y[:, :, None] * y[:, None, :]).reshape(len(y), -1)
        sums = rows @ np.hstack([y, products])
        a = (self.confidence - 1) * sums[:, self.factors:].reshape(-1, self.factors, self.factors)
        a += y.T @ y + self.regularization * np.eye(self.factors, dtype=np.float32)
        residual = self.confidence * sums[:, : self.factors] - np.einsum("nfg,ng->nf", a, x)
        direction, left = residual.copy(), np.einsum("nf,nf->n", residual, residual)
        for _ in range(self.steps):
            image = np.einsum("nfg,ng->nf", a, direction)
            length = left / np.maximum(np.einsum("nf,nf->n", direction, image), 1e-30)
            x += length[:, None] * direction
            residual -= length[:, None] * image
            now = np.einsum("nf,nf->n", residual, residual)
            direction = residual + (now / np.maximum(left, 1e-30))[:, None] * direction
            left = now

    def score(self, ratings, asked):
        return self.users[asked] @ self.items.T


class Ease:
    regularization = 108726.80709039961

    def fit(self, ratings):
        ones = binary(ratings).astype(np.float64)
        gram = (ones.T @ ones).toarray(order="F")
        gram[np.diag_indices_from(gram)] += self.regularization
        factor, _ = linalg.lapack.dpotrf(gram, lower=1, overwrite_a=1)
        inverse, _ = linalg.lapack.dpotri(factor, lower=1, overwrite_c=1)
        inverse = np.tril(inverse) + np.tril(inverse, -1).T
        self.weights = inverse / -np.diag(inverse)[:, None]
        np.fill_diagonal(self.weights, 0)

    def score(self, ratings, asked):
        return binary(ratings[asked]).astype(np.float64) @ self.weights


def best(scores, seen):
    scores[seen.nonzero()] = -np.inf
    top = np.argpartition(-scores, K, axis=1)[:, :K]
    order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1)


def metrics(top, test):
    hits = np.take_along_axis(test.toarray() > 0, top, axis=1)
    relevant = np.diff(test.indptr)
    discounts = 1 / np.log2(np.arange(2, K + 2))
    ideal = np.cumsum(discounts)[np.minimum(relevant, K) - 1]
    precisions = np.cumsum(hits, axis=1) / np.arange(1, K + 1)
    return {
        "hit_rate": hits.any(axis=1).mean(),
        "precision": hits.mean(),
        "recall": (hits.sum(axis=1) / relevant).mean(),
        "ndcg": (hits @ discounts / ideal).mean(),
        "map": ((precisions * hits).sum(axis=1) / np.minimum(relevant, K)).mean(),
        "coverage": len(np.unique(top)) / test.shape[1],
    }


def main():
    ratings, test, asked = read(args.data)
    known = {"item-knn": ItemKnn, "user-knn": UserKnn, "truncated-svd": Svd, "als": Als, "ease": Ease}
    print(f"{'model':<15} {'fit':>8} {'score':>8}   CPU s; metrics at {K}")
    for name in args.models.split(","):
        model = known[name]()
        start = time.process_time()
        model.fit(ratings)
        fitted = time.process_time()
        top = best(model.score(ratings, asked), ratings[asked])
        scored = time.process_time()
        found = " ".join(f"{metric} {value:.4f}" for metric, value in metrics(top, test).items())
        print(f"{name:<15} {fitted - start:8.3f} {scored - fitted:8.3f}   {found}", flush=True)


if __name__ == "__main__":
    with threadpool_limits(args.threads):
        main()
