"""Keeps numpy's linear algebra to the thread that asks."""

import os


def compute_in_one_thread() -> None:
    """Lets numpy start no threads of its own, here and in the processes started from here.

    For matrices as small as Spor's they gain nothing, and starting them takes longer than all else
    of loading numpy. To be called before it is imported; a number that is set stays.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
