"""How good routing is on judged messages: the numbers behind every claim."""

from routing.evaluation.evaluation import Evaluation, summarize
from routing.evaluation.folder import FolderError, read_folder, read_pairs
from routing.evaluation.judging import Judged, judge
from routing.evaluation.protocol import evaluate_folder

__all__ = [
    "Evaluation",
    "FolderError",
    "Judged",
    "evaluate_folder",
    "judge",
    "read_folder",
    "read_pairs",
    "summarize",
]
