"""What happens at one instant, or during a line, shares a shot; views lead to a line that is fixed late."""

from __future__ import annotations

from mavin.caption import HierarchicalCaption
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import LlmSession


def _caption(prompt: str) -> HierarchicalCaption:
    report = write_script(WriteRequest(prompt=prompt), LlmSession(None))
    assert report.caption is not None, report.conflicts
    return report.caption


def test_two_events_at_one_instant_share_a_shot() -> None:
    caption = _caption('A bell rings at 1.5 s. At 1500ms the priest looks up. At 3.2 seconds he says "Who rang?".')
    assert [shot.interval.start_ms for shot in caption.shots] == [0, 1500, 3200]
    assert "bell rings" in caption.shots[1].action
    assert "priest looks up" in caption.shots[1].action
    assert caption.dialogue[0].interval.start_ms == 3200


def test_a_line_and_two_events_at_one_instant() -> None:
    caption = _caption('At 2 s a bell rings. At 2 s Nora says "Now!" At 2 s the lights go out.')
    assert [shot.interval.start_ms for shot in caption.shots] == [0, 2000]
    assert caption.dialogue[0].interval.start_ms == 2000


def test_what_happens_during_a_line_is_seen_with_it() -> None:
    caption = _caption('Nora says "I have been waiting here for such a long time" at 2 s. At 3 s the lights go out.')
    assert len(caption.shots) == 1
    assert "(at 3.0 s)" in caption.shots[0].action


def test_views_lead_to_a_line_that_is_fixed_late() -> None:
    caption = _caption('A 12-second film in exactly four shots. In the last two seconds, Nadia says "Done."')
    assert (caption.dialogue[0].interval.start_ms, caption.dialogue[0].interval.end_ms) == (10_000, 12_000)
    assert len(caption.shots) == 4
    assert min(shot.interval.end_ms - shot.interval.start_ms for shot in caption.shots) >= 2000
    assert caption.shots[-1].action == "Nadia speaks"


def test_an_added_view_shows_whom_it_tells_of() -> None:
    caption = _caption(
        "Entre los segundos 2 y 5, Carmen canta. En los últimos dos segundos, Diego aplaude. 9 segundos."
    )
    names = {role.id: role.name for role in caption.roles}
    assert [[names[key] for key in shot.roles] for shot in caption.shots[1:]] == [["Carmen"], ["Carmen"], ["Diego"]]


def test_the_length_of_a_shot_holds_also_where_no_event_of_the_users_fills_it() -> None:
    caption = _caption("Four shots, 10 seconds. Shot 2 lasts 3 s. Ana waves.")
    lengths = [shot.interval.end_ms - shot.interval.start_ms for shot in caption.shots]
    assert len(lengths) == 4
    assert lengths[1] == 3000
    assert sum(lengths) == 10_000
    last = _caption("Four shots. The last shot lasts 1.5 s. Ana waves.").shots[-1].interval
    assert last.end_ms - last.start_ms == 1500


def test_a_shot_longer_than_the_film_is_refused_with_both_words() -> None:
    report = write_script(
        WriteRequest(prompt="Four shots, 10 seconds. Shot 2 lasts 12 seconds. Ana waves."), LlmSession(None)
    )
    assert report.caption is None
    assert [span.text for span in report.conflicts[0].spans] == ["12 seconds", "10 seconds"]
