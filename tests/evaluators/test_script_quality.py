"""Script quality by hand: identity, order, one shot per event, the threshold, and what cannot be scored."""

from __future__ import annotations

import math

import pytest

from evaluators.script_quality import content_stems, event_coverage, repeated_actions, unquoted_lines
from mavin.caption import DialogueLine, GlobalCaption, HierarchicalCaption, Role, Shot

BEAR = (
    "A bear pushes down a tree stump",
    "The bear finds food",
    "The bear catches a mouse",
    "And then the bear eats it",
)


def script(*actions: str, lines: tuple[str, ...] = ()) -> HierarchicalCaption:
    return HierarchicalCaption(
        duration_ms=1_000 * max(3, len(actions)),
        global_caption=GlobalCaption(storyline="a story", style="plain", ambience="quiet"),
        shots=tuple(
            Shot(
                id=f"S{n + 1}",
                start_ms=1_000 * n,
                end_ms=1_000 * (n + 1 if n + 1 < len(actions) else max(3, len(actions))),
                setting="somewhere",
                action=action,
            )
            for n, action in enumerate(actions)
        ),
        roles=(Role(id="C1", name="speaker"),),
        dialogue=tuple(
            DialogueLine(id=f"L{n + 1}", role="C1", start_ms=n * 500, end_ms=n * 500 + 500, text=text)
            for n, text in enumerate(lines)
        ),
    )


def test_content_words_are_stemmed_and_function_words_left_out() -> None:
    assert content_stems("And then the Slinky begins to walk down the stairs") == ("slinki", "begin", "walk", "stair")
    assert content_stems("The bear's food, FOOD") == ("bear", "food")
    assert content_stems("And then it is there") == ()


def test_a_story_in_its_own_words_is_kept_whole() -> None:
    coverage = event_coverage(script(*BEAR), BEAR)
    assert coverage.shares == (1.0, 1.0, 1.0, 1.0)
    assert coverage.shots == ("S1", "S2", "S3", "S4")
    assert coverage.all_kept


def test_other_words_share_nothing() -> None:
    coverage = event_coverage(script("Rain falls.", "Wind blows.", "Snow melts."), BEAR[:3])
    assert coverage.shares == (0.0, 0.0, 0.0)
    assert coverage.shots == (None, None, None)
    assert not coverage.all_kept


def test_the_share_is_that_of_the_events_words() -> None:
    # bear, push, tree, stump: three of four stand in the action, 3/4 = 0.75; the action's other words cost nothing.
    # bear, find, food: "bear" alone, 1/3.
    coverage = event_coverage(script("The huge brown bear pushed a stump aside.", "The bear sleeps."), BEAR[:2])
    assert list(coverage.shares) == pytest.approx([0.75, 1 / 3])
    assert coverage.kept == 1
    assert not coverage.all_kept


def test_the_threshold_itself_is_enough() -> None:
    # five content words (red, fox, jump, tall, fenc), three found: 3/5 = 0.6
    event = "The red fox jumps over the tall fence"
    assert event_coverage(script("A fox jumps a fence."), [event]).shares == (0.6,)
    assert event_coverage(script("A fox jumps a fence."), [event]).all_kept
    # two found: 0.4
    assert not event_coverage(script("A fox jumps."), [event]).all_kept


def test_one_shot_serves_one_event() -> None:
    # Both events stand in S1, but only one of them can have it; S2 has "bear" alone: 1/3 of the other.
    coverage = event_coverage(script("The bear finds food and the bear catches a mouse.", "The bear rests."), BEAR[1:3])
    assert coverage.kept == 1
    assert not coverage.all_kept


def test_shots_against_the_order_of_the_story_do_not_count() -> None:
    coverage = event_coverage(script(BEAR[2], BEAR[1]), BEAR[1:3])
    assert coverage.kept == 1
    assert not coverage.all_kept


def test_shots_between_the_events_do_no_harm() -> None:
    coverage = event_coverage(script("Dawn.", BEAR[1], "A bird sings.", BEAR[2], "Dusk."), BEAR[1:3])
    assert coverage.shots == ("S2", "S4")
    assert coverage.all_kept


def test_the_most_events_are_kept_even_where_one_could_share_more() -> None:
    # Event 1 (bear, find, food): S1 shares 2/3 = 0.67, S2 shares 1.  Event 2 (bear, catch, mous): S2 shares 1.
    # Greedy would give S2 to event 1 and leave nothing for event 2; the best keeps both.
    actions = ("The bear smells food.", "The bear finds food, and the bear catches a mouse.")
    coverage = event_coverage(script(*actions), BEAR[1:3])
    assert coverage.shots == ("S1", "S2")
    assert list(coverage.shares) == pytest.approx([2 / 3, 1.0])
    assert coverage.all_kept


def test_only_six_events_can_have_a_shot() -> None:
    events = [f"Number {n} rings" for n in ("one", "two", "three", "four", "five", "six", "seven", "eight")]
    coverage = event_coverage(script(*events[:6]), events)
    assert coverage.events == tuple(events[:6])
    assert coverage.all_kept


def test_an_event_without_content_words_is_unscored() -> None:
    coverage = event_coverage(script("The bear finds food."), ["And then it is there", "The bear finds food"])
    assert math.isnan(coverage.shares[0])
    assert (coverage.kept, coverage.unscored, coverage.all_kept) == (1, 1, True)


def test_a_story_without_events_keeps_nothing() -> None:
    coverage = event_coverage(script("The bear finds food."), [])
    assert coverage.shares == ()
    assert not coverage.all_kept


def test_the_same_action_is_noticed_in_other_dress() -> None:
    caption = script("The bear eats.", "A bird sings.", "the BEARS eat", "Then the bear eats again!")
    assert repeated_actions(caption) == (("S1", "S3"), ("S1", "S4"), ("S3", "S4"))
    assert repeated_actions(script(*BEAR)) == ()


def test_actions_in_other_scripts_are_compared_too() -> None:
    assert repeated_actions(script("狐が走る。", "狐が走る", "狐が眠る。")) == (("S1", "S2"),)


def test_dialogue_must_stand_in_the_prompt() -> None:
    prompt = "The keeper whispers “Come  home,\nMara.” and she answers 'I see you'."
    caption = script("He whispers.", lines=("Come home, Mara!", "I see you", "Who is there?", "home Mara come"))
    assert [line.id for line in unquoted_lines(caption, prompt)] == ["L3", "L4"]


def test_half_a_word_is_not_a_quotation() -> None:
    assert len(unquoted_lines(script("He nods.", lines=("for",)), "He says before: nothing.")) == 1
    assert unquoted_lines(script("He nods.", lines=("…!",)), "He says “…!”") == ()
