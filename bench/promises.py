"""What all measurements use: timing in turn, and a line for each promise."""

import sys
from statistics import quantiles
from time import perf_counter

ROUNDS = 60


def best_of(*deeds, rounds=ROUNDS):
    """Time each deed in turn, so that a busy machine hinders all alike; give the best of each."""
    times = [[] for _ in deeds]
    for _ in range(rounds):
        for deed, taken in zip(deeds, times, strict=True):
            taken.append(milliseconds(deed))
    return [min(taken) for taken in times]


def milliseconds(deed):
    begin = perf_counter()
    deed()
    return (perf_counter() - begin) * 1000


def p95(times):
    return quantiles(times, n=20, method="inclusive")[-1]


def promise(words, figure, *, most=None, least=None):
    """Print whether a figure keeps what is promised of it, and give that."""
    kept = figure <= most if least is None else figure >= least
    limit = f"at most {most:g}" if least is None else f"at least {least:g}"
    say(f"{'PASS' if kept else 'FAIL'}  {words}: {figure:.2f} ({limit})")
    return kept


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
