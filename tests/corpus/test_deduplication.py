"""Pages that are met again, and texts that stand in several places."""

import json
from dataclasses import replace
from pathlib import Path

from corpus import Problem, Report, Source, Thread, read_paths
from corpus.formats.json_records import thread_to_record
from tests.conftest import invented_thread

ANOTHER = "Never wash a zog: it shrinks, and nobody has ever made one larger again."
LONG = "Wait for two days, then wash it with cold water and come back to me if the zog still itches after that."


def read(folder: Path, *threads: Thread) -> tuple[list[Thread], Report]:
    path = folder / "threads.jsonl"
    path.write_text("\n".join(json.dumps(thread_to_record(thread)) for thread in threads), encoding="utf-8")
    report = Report()
    found = list(read_paths([path], report=report))
    return [record for record in found if isinstance(record, Thread)], report


def anew(thread: Thread, name: str) -> Thread:
    """The same page under other ids."""
    answers = tuple(replace(answer, id=f"{name}-{answer.position}") for answer in thread.answers)
    return replace(thread, id=name, answers=answers)


def test_two_captures_of_one_page_are_one_thread_with_both_sources(tmp_path: Path):
    first = invented_thread("zog", LONG, "No.", source="first.txt", url="https://a.example")
    second = replace(anew(first, "again"), source="second.txt", url="https://b.example")
    (thread,), report = read(tmp_path, first, second)
    assert thread == replace(first, also_in=(Source("second.txt", "https://b.example"),))
    assert report.repeated_threads == 1


def test_a_later_capture_adds_the_answers_that_are_new(tmp_path: Path):
    first = invented_thread("zog", LONG)
    more = anew(invented_thread("zog", LONG, "I would not wait at all, it never helped."), "again")
    (thread,), _ = read(tmp_path, first, more)
    assert [answer.text for answer in thread.answers] == [LONG, "I would not wait at all, it never helped."]
    assert [answer.position for answer in thread.answers] == [1, 2]


def test_white_space_and_quotation_marks_make_no_other_answer(tmp_path: Path):
    first = invented_thread("zog", LONG + ' It\'s "fine".')
    second = anew(invented_thread("zog", LONG.replace(" ", "  ") + " It’s “fine”."), "again")
    (thread,), _ = read(tmp_path, first, second)
    assert len(thread.answers) == 1


def test_another_question_with_the_same_title_is_another_thread(tmp_path: Path):
    first = invented_thread("zog", LONG, question="When?")
    second = replace(anew(invented_thread("zog", "Never."), "other"), title="zog", question="Why?")
    threads, _ = read(tmp_path, first, second)
    assert len(threads) == 2


def test_an_answer_that_stands_twice_on_a_page_is_kept_once(tmp_path: Path):
    once = invented_thread("zog", LONG)
    twice = replace(once, answers=(*once.answers, replace(once.answers[0], id="again", position=2)))
    (thread,), report = read(tmp_path, twice)
    assert len(thread.answers) == 1
    assert [problem.message for problem in report.problems] == ["an answer stands twice in this thread: kept once"]


def test_a_text_that_is_posted_to_several_questions_is_marked(tmp_path: Path):
    first, second = invented_thread("zog", LONG), invented_thread("zag", f"Hello Zig! {LONG}")
    other = invented_thread("zug", "Never wash a zug: it shrinks and has to be thrown away, whatever its maker says.")
    threads, report = read(tmp_path, first, second, other)
    assert [thread.answers[0].copy_of for thread in threads] == [None, "zog-1", None]
    assert report.copies == 1


def test_two_doctors_who_say_the_same_short_thing_are_two_views(tmp_path: Path):
    (thread,), report = read(tmp_path, invented_thread("zog", "Yes, you can.", "Yes, you can."))
    assert len(thread.answers) == 2
    assert report.copies == 0


def test_an_id_that_two_pages_claim_is_told_and_made_anew_for_the_second(tmp_path: Path):
    first, second = invented_thread("zog", LONG), replace(invented_thread("zag", "Never."), id="zog")
    threads, report = read(tmp_path, first, second)
    assert threads[0].id == "zog"
    assert threads[1].id not in ("zog", "")
    assert 'the id "zog" is that of another thread' in report.problems[0].message


def test_ids_stay_when_another_answer_of_the_page_changes(tmp_path: Path):
    page = tmp_path / "page.json"
    record = {"title": "T", "answers": [{"text": "One."}, {"text": "Two."}, {"text": "Three."}]}
    ids = []
    for changed in ("Two.", "Two and a half."):
        record["answers"][1] = {"text": changed}  # type: ignore[index]
        page.write_text(json.dumps(record), encoding="utf-8")
        (thread,) = read_paths([page])
        assert isinstance(thread, Thread)
        ids.append([thread.id, *(answer.id for answer in thread.answers)])
    before, after = ids
    assert [one == two for one, two in zip(before, after, strict=True)] == [True, True, False, True]


def test_the_same_files_give_the_same_records_byte_for_byte(tmp_path: Path):
    for number in range(5):
        thread = invented_thread(f"zog-{number}", LONG + " again" * number, "Yes.")
        (tmp_path / f"{number}.json").write_text(json.dumps(thread_to_record(thread)), encoding="utf-8")

    def once() -> str:
        found = list(read_paths([tmp_path]))
        assert not any(isinstance(record, Problem) for record in found)
        return "\n".join(json.dumps(thread_to_record(record)) for record in found if isinstance(record, Thread))

    assert once() == once()


def test_ids_that_are_unique_only_within_a_thread_link_a_copy_to_the_answer_that_it_repeats(tmp_path: Path):
    first = renumbered(invented_thread("zog", ANOTHER, LONG))
    second = renumbered(
        invented_thread("zag", "A zag is washed on Sundays, which takes an hour and a half in all.", f"Hi! {LONG}")
    )
    third = renumbered(
        invented_thread("zug", LONG, "A zug is never washed, for it has neither a surface nor any smell.")
    )
    threads, report = read(tmp_path, first, second, third)
    by_id = {answer.id: answer for thread in threads for answer in thread.answers}
    repeated = {answer.text: by_id[answer.copy_of].text for answer in by_id.values() if answer.copy_of}
    assert len(by_id) == 6
    assert {answer.id for answer in by_id.values() if answer.copy_of} == {
        threads[1].answers[1].id,
        threads[2].answers[0].id,
    }
    assert repeated == {f"Hi! {LONG}": LONG, LONG: LONG}
    assert report.copies == 2


def test_a_copy_links_to_an_answer_that_comes_before_it(tmp_path: Path):
    """The second capture of the first page adds a text that the page between them has."""
    first = invented_thread("zog", ANOTHER)
    between = invented_thread("zag", LONG)
    again = anew(invented_thread("zog", first.answers[0].text, LONG), "again")
    threads, _ = read(tmp_path, first, between, again)
    assert [[answer.copy_of for answer in thread.answers] for thread in threads] == [[None, None], ["again-2"]]


def test_an_id_that_a_record_calls_the_original_is_followed_when_that_is_renamed(tmp_path: Path):
    first = renumbered(invented_thread("zog", ANOTHER))
    second = renumbered(invented_thread("zag", LONG, f"Hi! {LONG}"))
    copy = replace(second.answers[1], copy_of="1")
    threads, _ = read(tmp_path, first, replace(second, answers=(second.answers[0], copy)))
    assert threads[1].answers[1].copy_of == threads[1].answers[0].id != "1"


def renumbered(thread: Thread) -> Thread:
    """The thread with ids as a site counts them: anew on each page."""
    return replace(thread, answers=tuple(replace(answer, id=str(answer.position)) for answer in thread.answers))
