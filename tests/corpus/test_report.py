"""What was read is told in words and as JSON."""

from corpus.records import Problem
from corpus.report import MOST_PROBLEMS, Report
from tests.conftest import invented_thread


def test_the_report_counts_and_lists():
    report = Report()
    report.files["CSV"] += 1
    report.count(invented_thread("zog", "Yes.", "No."))
    report.count(Problem("a.csv", "a row too many: left out", 7))
    report.count(Problem("a.csv", "an odd sign: dropped", skipped=False))
    assert report.lines() == [
        "files read:       1 (1 CSV)",
        "threads:          1",
        "answers:          2",
        "doctors named:    2",
        "problems:         2, 1 with something left out",
        "  a.csv:7: a row too many: left out",
        "  a.csv: an odd sign: dropped",
    ]
    assert report.record()["problems"][0]["line"] == 7


def test_a_hopeless_file_does_not_fill_the_memory_with_problems():
    report = Report()
    for line in range(MOST_PROBLEMS + 5):
        report.count(Problem("a.csv", "odd", line))
    assert len(report.problems) == MOST_PROBLEMS
    assert report.lines()[-1] == "  ... and 5 more"
