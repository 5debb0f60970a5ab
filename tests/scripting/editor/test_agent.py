"""The editor agent with good, lying, dead and absent models: what is asked for is done, and nothing else is touched."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.liar import LIES, Liar
from mavin import api
from mavin.caption import load_caption
from mavin.edits import LockedError, Script, apply_all, changes_between, flat_of
from mavin.errors import BackendError, MavinError
from mavin.film import Film
from mavin.instructions import InstructionError
from scripting.editor.run import Draft, EditRun
from scripting.llm import Answer, LlmSession, Question
from tests.scripting.conftest import Handler, ModelServer, asked

SCENE = load_caption((Path(__file__).parents[3] / "benchmarks" / "instructions" / "scene.json").read_bytes())
TIMES = r"(?:shots|dialogue)\..*_ms|duration_ms"
MAY_CHANGE = {
    "make Mara answer faster": r"dialogue\.(?:L2|L4)\.end_ms",
    "the ending should be sadder": r"shots\.S6\.action",
    "give the old man a red scarf": r"roles\.C2\.appearance",
    "the camera should come closer when she speaks": r"shots\.(?:S3|S6)\.camera\.(?:size|movement)",
    "set it in the rain": r"shots\.S\d\.setting",
    "set it in a castle": r"shots\.S\d\.setting",
    "Tom should whisper in shot 4": r"dialogue\.L3\.delivery",
    "make Tom's last line funnier": r"dialogue\.L3\.(?:text|recording)",
    "it should look like an old photograph": r"shots\.S\d\.(?:action|setting|camera.*)|roles\..*|global_caption\.(?:style|ambience)|dialogue\.L\d\.delivery",
    "make the picture darker and more gloomy": r"global_caption\.style",
    "add thunder to shot 3": r"shots\.S3\.sounds.*",
    "make the last shot longer": TIMES,
    'have Mara say "Goodbye, quay!" in the last shot': r"dialogue(?:\[\]|\.L5\..*)",
    "Mara's voice should be deeper": r"roles\.C1\.voice",
    "make it better": r"shots\.S\d\.(?:action|setting|camera.*)|roles\..*|global_caption\.(?:style|ambience)|dialogue\.L\d\.delivery",
}  # fmt: skip


class Honest:
    """A back end that does what it is told, as far as a test can say what that is."""

    uri, model, parallel, small = "honest", "", 4, False
    call_timeout, failure_budget = 5.0, 20.0

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.questions: list[Question] = []

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        self.questions.append(question)
        fields = question.schema["properties"]
        data = {}
        for name, schema in fields.items():
            told = self.answers.get(question.key.split(".", 2)[-1], self.answers.get(name))
            data[name] = told if told is not None else schema.get("enum", ["?"])[0]
        return Answer(data)

    def close(self) -> None: ...


def propose(instruction: str, backend: Any, locks: tuple[str, ...] = (), seed: int = 0) -> Draft:
    with LlmSession(backend, seed) as session:
        return EditRun(Script(SCENE, locks)).say(instruction, session)


def changed(draft: Draft, locks: tuple[str, ...] = ()) -> dict[str, Any]:
    after = apply_all(Script(SCENE, locks), draft.operations).after.caption
    return {path: change.now for path, change in changes_between(flat_of(SCENE), flat_of(after)).items()}


@pytest.mark.parametrize("instruction", MAY_CHANGE)
def test_a_lying_model_touches_nothing_but_what_was_asked_for(instruction: str) -> None:
    for seed in range(2):
        try:
            draft = propose(instruction, Liar(), seed=seed)
        except InstructionError as error:
            assert "not done" in str(error) or "cannot be done" in str(error) or "nothing in the script" in str(error)
            continue
        found = changed(draft)
        assert found
        assert [path for path in found if not re.fullmatch(MAY_CHANGE[instruction], path)] == []
        assert not [lie for lie in LIES for value in found.values() if lie in str(value)]


def test_what_code_reads_is_exact_beside_a_lying_model() -> None:
    draft = propose('L1 0.3 s earlier, set it at night, L3 says "Then fly, you fools!" and lock S6', Liar())
    found = changed(draft)
    assert (found["dialogue.L1.start_ms"], found["dialogue.L1.end_ms"]) == (2300, 4000)
    assert found["dialogue.L3.text"] == "Then fly, you fools!"
    assert found["shots.S1.setting"] == "a wet road above the harbour, at night"
    assert draft.operations[-1].model_dump() == {"op": "lock", "path": "shots.S6"}
    assert set(draft.authors) == {"code"}


def test_a_strong_model_is_asked_field_by_field_and_its_words_are_taken() -> None:
    backend = Honest(**{"action.S6": "Mara turns away from Tom. He watches the harbour alone."})
    draft = propose("the ending should be sadder", backend)
    assert (
        changed(draft) == {"shots.S6.action": "Mara turns away from Tom. He watches the harbour alone."} or draft.notes
    )
    (question,) = backend.questions
    assert list(question.schema["properties"]) == ["new"]
    assert question.schema["additionalProperties"] is False
    assert "Mara and Tom watch the harbour grow small." in asked_of(question)


def asked_of(question: Question) -> str:
    return question.messages[-1].content


def test_words_that_fail_are_asked_again_with_the_reason() -> None:
    backend = Honest(**{"action.S6": "A policeman sings."})
    with pytest.raises(InstructionError, match="Mara and Tom must still be in it"):
        propose("the ending should be sadder", backend)
    assert len(backend.questions) == 3
    assert "Your last answer was not usable" in asked_of(backend.questions[1])


def test_a_model_puts_no_words_into_anybodys_mouth() -> None:
    for said in ("Mara and Tom smile, 'It is over!'", "Mara tells Tom “At last” and they wave at the harbour."):
        with pytest.raises(InstructionError, match=r"quotation marks|what is said") as caught:
            propose("the ending should be sadder", Honest(**{"action.S6": said}))
        assert caught.value.diagnostics[0].severity == "error"
    kept = "Mara and Tom watch the harbour under a sign that reads “The End”."
    draft = propose("the ending should show a sign that reads “The End”", Honest(what="action", **{"action.S6": kept}))
    assert changed(draft) == {"shots.S6.action": kept}


def test_what_is_locked_is_not_in_the_models_choices() -> None:
    locks = ("shots.S1", "shots.S6.action", "roles.C2")
    backend = Honest(what="action", **{"action.S2": "Tom slowly lifts the chain and looks at his watch."})
    draft = propose("make it more moving", backend, locks)
    where = next(question for question in backend.questions if "where" in question.schema["properties"])
    assert where.schema["properties"]["where"]["enum"] == ["S2", "S3", "S4", "S5"]
    assert list(changed(draft, locks)) == ["shots.S2.action"]
    for words, lock in (("the ending should be sadder", "S6.action"), ("give Tom a red scarf", "C2")):
        with pytest.raises(LockedError, match=f"{lock} is locked.*unlock {lock} first"):
            propose(words, backend, locks)


def test_a_lock_on_one_of_several_parts_spares_it() -> None:
    draft = propose("set it at night", Liar(), ("shots.S4",))
    assert sorted(changed(draft, ("shots.S4",))) == [f"shots.S{n}.setting" for n in (1, 2, 3, 5, 6)]


def test_quoted_words_are_never_the_models() -> None:
    backend = Honest()
    draft = propose('have Tom say "Mind the gap — and hurry." in shot 5', backend)
    assert backend.questions == []
    assert changed(draft)["dialogue.L5.text"] == "Mind the gap — and hurry."
    after = apply_all(Script(SCENE), draft.operations).after.caption
    line = after.dialogue[-1]
    assert after.shot("S5").start_ms <= line.start_ms < line.end_ms <= after.shot("S5").end_ms
    assert not any(other.interval.overlaps(line.interval) for other in after.dialogue if other.id != line.id)


def test_the_impossible_is_answered_with_the_reason_and_the_nearest_possible() -> None:
    hurried = apply_all(Script(SCENE), propose("L4 at 11.4-11.82 s", Liar()).operations).after
    with (
        LlmSession(Liar()) as session,
        pytest.raises(InstructionError, match=r"cannot be said much faster.*nearest possible"),
    ):
        EditRun(hurried).say("make Mara's last line faster", session)
    with pytest.raises(InstructionError, match="a clip has at most 6 shots"):
        propose("add a shot where the gulls fly off", Liar())
    with pytest.raises(InstructionError, match="no such role as the captain"):
        propose("the captain should laugh", Liar())


def test_another_word_refines_the_proposal_and_leaves_the_old_one() -> None:
    with LlmSession(Liar()) as session:
        first = EditRun(Script(SCENE)).say("set it at night", session)
        only = first.run.say("only in shot 2", session)
        assert list(changed(only)) == ["shots.S2.setting"]
        assert len(changed(first)) == 6
        without = first.run.say("but not in S2 and S3", session)  # said of the first one, not of the second
        assert sorted(changed(without)) == [f"shots.S{n}.setting" for n in (1, 4, 5, 6)]
        more = without.run.say("L1 0.1 s later", session)
        assert changed(more)["dialogue.L1.start_ms"] == 2700
        assert changed(more)["shots.S1.setting"] == changed(first)["shots.S1.setting"]
        fog = without.run.say("in fog instead", session)
        assert {value.rsplit(",", 1)[-1] for value in changed(fog).values()} == {" in fog"}
        with pytest.raises(InstructionError, match="there is no shot 9"):
            fog.run.say("delete shot 9", session)
        assert fog.run.say("without 1", session).operations == fog.operations[1:]


def test_what_is_excepted_is_left_alone() -> None:
    draft = propose("set it at night, but not in shot 2", Liar())
    assert "shots.S2.setting" not in changed(draft)
    assert len(changed(draft)) == 5


@pytest.fixture
def film(tmp_path: Path) -> Film:
    return Film.create(tmp_path / "ferry.mavin", [SCENE], op={"op": "new"})


def test_rules_say_what_they_read(film: Film) -> None:
    before = files_of(film)
    with pytest.raises(InstructionError, match="Without a language model these are"):
        api.propose(film, "the ending should be sadder", llm="rules")
    assert files_of(film) == before


def test_an_accepted_proposal_is_one_step_that_tells_whose_words_it_is(film: Film, model_server: ModelServer) -> None:
    before = (film.path / "clips" / "K1.json").read_bytes()
    said = "Mara and Tom stand apart on the deck and watch the harbour grow small."
    model_server.answer = lambda body: {"new": said} if "S6" in asked(body) else {"new": "20% faster"}  # type: ignore[method-assign]
    seen: list[str] = []
    with api.Editor(film, llm=model_server.uri, progress=lambda agent, what: seen.append(what)) as editor:
        proposal = editor.propose("the ending should be sadder and L1 0.1 s later")
        assert proposal.authors == ("editor", "code")
        proposal = editor.refine(proposal, "make Tom's first line faster")
        assert [item.difference.what for item in proposal.differences] == ["words", "time"] or len(
            proposal.operations
        ) == 3
        saved = proposal.save()
    assert seen
    assert (saved.rev, saved.caption.shots[-1].action) == (2, said)
    step = saved.history()[-1].op
    assert step["instruction"] == "the ending should be sadder and L1 0.1 s later; make Tom's first line faster"
    assert 1 in step["editor"]
    saved.undo()
    assert (film.path / "clips" / "K1.json").read_bytes() == before


def files_of(film: Film) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() for path in sorted(film.path.rglob("*")) if path.is_file() and path.name != ".lock"
    }


def _hang(handler: Handler, body: dict[str, Any]) -> bool:
    handler.server.ended.wait(20)
    return False


def _said(content: str, finish: str = "stop") -> Callable[[Handler, dict[str, Any]], bool]:
    def fault(handler: Handler, body: dict[str, Any]) -> bool:
        handler.say(content, finish)
        return True

    return fault


def _broken(handler: Handler, body: dict[str, Any]) -> bool:
    handler.reply(500, b"{}")
    return True


def _hangs_up(handler: Handler, body: dict[str, Any]) -> bool:
    handler.connection.close()
    return True


FAULTS: dict[str, Callable[[Handler, dict[str, Any]], bool]] = {
    "garbage": _said("%$§ no JSON"),
    "other fields": _said('{"delete": "everything"}'),
    "cut off": _said('{"new": "Mara and', "length"),
    "error 500": _broken,
    "hangs up": _hangs_up,
    "hangs": _hang,
}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "1")
    monkeypatch.setattr("scripting.llm.session.FIRST_CONTACT_SECONDS", 1.0)
    yield


@pytest.mark.parametrize(
    ("question", "fault"), [("what", "garbage"), ("where", "cut off"), *(("new", fault) for fault in FAULTS)]
)
def test_a_fault_at_any_question_leaves_the_film_untouched(
    question: str, fault: str, film: Film, model_server: ModelServer, impatient: None
) -> None:
    before = files_of(film)

    def answer(body: dict[str, Any]) -> Any:
        fields = body["response_format"]["json_schema"]["schema"]["properties"]
        return {
            name: "action" if name == "what" else schema.get("enum", ["Tom waits."])[0]
            for name, schema in fields.items()
        }

    model_server.answer = answer  # type: ignore[method-assign]
    model_server.misbehave = lambda handler, body: (
        question in body["response_format"]["json_schema"]["schema"]["properties"] and FAULTS[fault](handler, body)
    )
    with pytest.raises((BackendError, InstructionError)) as caught:
        api.propose(film, "make it more moving", llm=model_server.uri)
    assert len(str(caught.value)) > 40
    assert "Traceback" not in str(caught.value)
    assert files_of(film) == before


def test_a_server_that_is_not_there_is_named(film: Film) -> None:
    with pytest.raises(BackendError) as caught:
        api.propose(film, "make it sadder", llm="http://127.0.0.1:9/v1")
    assert caught.value.exit_code == 4
    assert api.propose(film, "L1 0.1 s later", llm="http://127.0.0.1:9/v1").operations  # nothing has to be asked


def test_any_words_end_in_a_proposal_or_a_sentence() -> None:
    luck = random.Random(5)
    words = (
        'make it set the camera Mara Tom she he should faster night rain sad last first shot 2 S4 L3 "Wait!" not only and then , . give red scarf '
        "add remove lock longer whisper line style voice 3 s in when speaks all 让 夜 {{7*7}} 'x' %s"
    ).split()
    for number in range(60):
        text = " ".join(luck.choices(words, k=luck.randint(1, 9)))
        try:
            draft = propose(text, Liar(), ("roles.C2.voice", "dialogue.L1"), seed=number)
        except MavinError as error:
            assert str(error), text
            continue
        after = apply_all(Script(SCENE, ("roles.C2.voice", "dialogue.L1")), draft.operations).after
        assert load_caption(json.dumps(after.caption.model_dump(mode="json"))) == after.caption
