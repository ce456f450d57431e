"""What was read and what was not, counted while it is read."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from corpus.records import Problem, Thread


@dataclass(slots=True)
class Report:
    """Counts of one reading. `problems` are those that were met, in their order, up to `MOST_PROBLEMS`."""

    files: Counter[str] = field(default_factory=Counter)
    threads: int = 0
    answers: int = 0
    by_asker: int = 0
    summaries: int = 0
    repeated_threads: int = 0
    copies: int = 0
    problem_count: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    _doctors: set[int] = field(default_factory=set)

    @property
    def doctors(self) -> int:
        """How many different doctors' names there are."""
        return len(self._doctors)

    def count(self, found: Thread | Problem) -> None:
        """Count one thread or problem."""
        if isinstance(found, Problem):
            self.problem_count += 1
            self.skipped += found.skipped
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(found)
            return
        self.threads += 1
        self.answers += len(found.answers)
        for answer in found.answers:
            self.summaries += answer.kind == "summary"
            self.copies += answer.copy_of is not None
            self.by_asker += answer.by_asker
            if answer.author and answer.author.name and not answer.by_asker:
                self._doctors.add(hash(answer.author.name))

    def lines(self) -> list[str]:
        """Return the report as lines for a person."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.files.items())) or "none"
        lines = [f"files read:       {sum(self.files.values())} ({kinds})" if self.files else "files read:       none"]
        lines.append(f"threads:          {self.threads}")
        lines.append(f"answers:          {self.answers}" + (f" ({self.summaries} summaries)" if self.summaries else ""))
        lines.append(f"doctors named:    {self.doctors}")
        if self.by_asker:
            lines.append(f"by the asker:     {self.by_asker} of the answers, kept and never quoted")
        if self.repeated_threads:
            lines.append(f"pages met again:  {self.repeated_threads}, kept once")
        if self.copies:
            lines.append(f"copied answers:   {self.copies}, marked")
        left_out = f", {self.skipped} with something left out" if self.skipped else ""
        lines.append(f"problems:         {self.problem_count}{left_out}")
        lines += [f"  {problem}" for problem in self.problems]
        if self.problem_count > len(self.problems):
            lines.append(f"  ... and {self.problem_count - len(self.problems)} more")
        return lines

    def record(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return {
            "files": dict(sorted(self.files.items())),
            "threads": self.threads,
            "answers": self.answers,
            "by_asker": self.by_asker,
            "summaries": self.summaries,
            "doctors": self.doctors,
            "repeated_threads": self.repeated_threads,
            "copies": self.copies,
            "problem_count": self.problem_count,
            "skipped": self.skipped,
            "problems": [asdict(problem) for problem in self.problems],
        }


MOST_PROBLEMS = 1000
"""Problems that are listed one by one; the others are counted."""
