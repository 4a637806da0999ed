"""Logistic regression of scikit-learn on the folds of `cargo xtask bench scoring`, as anybody would fit it.

Reads {"csv", "outcome", "positive", "columns", "folds"} from standard input; a fold is the numbers of the rows that are asked, all others
with an outcome are learned from. Numbers are standardised, blanks filled with the median and marked; categories are one-hot.
Writes {"auc": [...], "seconds": ...} to standard output.
"""

import csv
import json
import sys
import time

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

asked = json.load(sys.stdin)
with open(asked["csv"], newline="", encoding="utf-8-sig") as file:
    start = file.read(4096)
    file.seek(0)
    rows = list(csv.DictReader(file, dialect=csv.Sniffer().sniff(start, delimiters=",;\t|")))


def number(cell):
    try:
        return float(cell) if cell.strip() else np.nan
    except ValueError:
        return None


numbers, words = [], []
for name in asked["columns"]:
    read = [number(row[name]) for row in rows]
    known = [cell for cell in read if cell is None or not np.isnan(cell)]
    (words if any(cell is None for cell in known) or len(set(known)) < 3 else numbers).append(name)

parts = np.empty((len(rows), len(numbers) + len(words)), dtype=object)
for at, name in enumerate(numbers):
    parts[:, at] = [number(row[name]) for row in rows]
for at, name in enumerate(words):
    parts[:, len(numbers) + at] = [row[name].strip().lower() for row in rows]
fold_of = lambda text: text.strip().lower()
bought = np.array([fold_of(row[asked["outcome"]]) == fold_of(asked["positive"]) for row in rows])
known = np.array([bool(row[asked["outcome"]].strip()) for row in rows])


def model():
    fill = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
    one_hot = OneHotEncoder(handle_unknown="ignore", min_frequency=10)
    places = list(range(len(numbers))), list(range(len(numbers), len(numbers) + len(words)))
    return make_pipeline(
        ColumnTransformer([("numbers", fill, places[0]), ("words", one_hot, places[1])]),
        LogisticRegression(max_iter=5000),
    )


areas, seconds = [], 0.0
for fold in asked["folds"]:
    test = np.zeros(len(rows), dtype=bool)
    test[fold] = True
    train = known & ~test
    begun = time.perf_counter()
    fitted = model().fit(parts[train], bought[train])
    seconds += time.perf_counter() - begun
    areas.append(roc_auc_score(bought[test], fitted.decision_function(parts[test])))
json.dump({"auc": areas, "seconds": seconds / len(areas)}, sys.stdout)
