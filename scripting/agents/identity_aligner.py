"""Identity aligner (paper §4.4, C.1): the cast's looks and voices, stable over all shots.

The user's own words for a role always stand first in its appearance; the model may only add to them.
What a reference picture or voice shows (:mod:`scripting.references`) takes the place of invention: a model
may word it, and where its words lose a detail or bring one in, code's own wording stands.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from mavin.diagnostics import Diagnostic
from mavin.facts import Facts, Gender, RoleFact
from mavin.ledger import Conflict, ConflictOutcome
from mavin.request import WriteRequest
from prompts import CastContext, ReferenceContext, RoleContext
from scripting.agents.asking import EXAMPLES, question, story_told, text_field
from scripting.clothes import check_clothes
from scripting.contracts import check_animal, check_descriptor, check_gender, check_twin, content_stems
from scripting.planning import role_ids
from scripting.progress import report
from scripting.references.clashes import picture_clashes
from scripting.references.cues import PictureCues, VoiceCues
from scripting.references.study import role_named, settled
from scripting.references.wording import appearance_phrases, check_wording, voice_phrases
from scripting.staging import appearance_of, voice_of, without_clothes
from scripting.state import ScriptContext, ScriptState
from scripting.things import check_things

__all__ = ["align_identities", "role_named"]

AGENT = "identity_aligner"


def align_identities(state: ScriptState, runtime: Runtime[ScriptContext]) -> Command[Literal["gather"]]:
    """Gives each role its appearance and voice."""
    context = runtime.context
    if context.film is not None and context.film.cast is not None:
        return Command(update={"cast": context.film.cast}, goto="gather")
    facts = context.story
    speakers = {quote.speaker for quote in facts.quotes}
    ids = role_ids(facts)
    cast: dict[str, Any] = {
        ids[role.key]: {
            "appearance": appearance_of(role, facts),
            "voice": voice_of(role, role.key in speakers),
            "by": {
                "appearance": "user" if _described(role) or role.look else "code",
                "voice": "user" if role.voice else "code",
            },
            "why": {"appearance": "", "voice": ""},
            "rejected": [],
        }
        for role in facts.roles
    }
    update: dict[str, Any] = {}
    references = state.get("references", {})
    if references:
        references, conflicts = _looked_at(context, references, ids)
        update |= {"references": references, "conflicts": conflicts}
        if any(conflict["outcome"] == ConflictOutcome.REFUSED for conflict in conflicts):
            return Command(update={**update, "refused": True}, goto="gather")
    if facts.roles and context.session.available:
        report(AGENT, "describing the cast")
        _describe(context, cast, ids, references)
    if references:
        _word_references(context, cast, ids, references)
    return Command(update={**update, "cast": cast}, goto="gather")


def _looked_at(
    context: ScriptContext, references: dict[str, Any], ids: dict[str, str]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The references with a vision model's words for the pictures, and the clashes that its eyes alone found."""
    facts, session = context.story, context.session
    shown = [role for role in facts.roles if "image" in references.get(ids[role.key], {})]
    from scripting.references.vision import look, sees

    if not shown or not session.available or not sees(session):
        return references, []
    report(AGENT, f"asking {session.usage.model or 'the model'} what the pictures show")
    conflicts: list[Conflict] = []

    def seen(role: RoleFact) -> PictureCues:
        record = references[ids[role.key]]["image"]
        cues = PictureCues.model_validate(record["cues"])
        return look(session, role, Path(record["path"]), cues, session.usage.model or "model")

    with ThreadPoolExecutor(len(shown)) as pool:
        answers = list(pool.map(seen, shown))
    updated = dict(references)
    for role, cues in zip(shown, answers, strict=True):
        record = references[ids[role.key]]["image"]
        known = {topic for topic, _, _ in record["clashes"]}
        new = [clash for clash in picture_clashes(role, facts, cues) if clash.topic not in known]
        by = "model" if cues.by != "code" else "code"
        conflicts += [settled(context, clash, role, record["file"], by) for clash in new]
        clashes = [*record["clashes"], *([clash.topic, clash.span.text, clash.shown] for clash in new)]
        record = {**record, "cues": cues.model_dump(mode="json"), "clashes": clashes}
        updated[ids[role.key]] = {**references[ids[role.key]], "image": record}
    return updated, [conflict.model_dump(mode="json") for conflict in conflicts]


def _phrases(references: dict[str, Any], role_id: str) -> dict[str, tuple[str, ...]]:
    """What is to be worded of a role's references, without what the prompt contradicts; empty fields left out."""
    records = references.get(role_id, {})
    found: dict[str, tuple[str, ...]] = {}
    if "image" in records:
        without = frozenset(topic for topic, _, _ in records["image"]["clashes"])
        cues = PictureCues.model_validate(records["image"]["cues"])
        found["appearance"] = appearance_phrases(cues, without=without)
    if "audio" in records:
        without = frozenset(topic for topic, _, _ in records["audio"]["clashes"])
        found["voice"] = voice_phrases(VoiceCues.model_validate(records["audio"]["cues"]), without=without)
    return {name: phrases for name, phrases in found.items() if phrases}


def _word_references(
    context: ScriptContext, cast: dict[str, Any], ids: dict[str, str], references: dict[str, Any]
) -> None:
    """Puts every role's cues into its descriptors, in the model's words where they hold all cues and no more."""
    roles = [role for role in context.story.roles if _phrases(references, ids[role.key])]
    if not roles:
        return
    with ThreadPoolExecutor(len(roles)) as pool:
        asked = list(pool.map(lambda role: _worded(context, role, ids[role.key], references), roles))
    for role, words in zip(roles, asked, strict=True):
        entry, role_id = cast[ids[role.key]], ids[role.key]
        for name, phrases in _phrases(references, role_id).items():
            text = words.get(name, "").strip().rstrip(".")
            problems = _wording_problems(context, role, name, text, phrases) if text else []
            if problems:
                why = f"{problems[0].code}: {problems[0].message}"
                entry["rejected"].append({"path": f"roles.{role_id}.{name}", "text": text, "why": why})
            kept = bool(text) and not problems
            entry["by"][name] = AGENT if kept else "code"
            file = references[role_id]["image" if name == "appearance" else "audio"]["file"]
            entry["why"][name] = f"from reference {file}"
            if name == "voice":
                # What the prompt's words tell of the role stays in front: no recording is asked for age or gender.
                whose = voice_of(role, True).removesuffix(", clear and unhurried")
                heard = text if kept else ", ".join(phrases)
                entry["voice"] = f"{whose}: {heard[:1].lower()}{heard[1:]}"
            else:
                entry["appearance"] = _with_cues(role, text if kept else ", ".join(phrases))


def _worded(context: ScriptContext, role: RoleFact, role_id: str, references: dict[str, Any]) -> dict[str, str]:
    """The model's wording of one role's cues; empty without a model or an answer."""
    phrases = _phrases(references, role_id)
    facts = context.story
    if not context.session.available:
        return {}
    asked = ReferenceContext(
        story_told(facts),
        _language(context.request, facts),
        RoleContext(role_id, role.name, role.mention, _GENDERS.get(role.gender, "")),
        phrases.get("appearance", ()),
        phrases.get("voice", ()),
    )
    fields = {name: text_field(_BOUNDS[name][1]) for name in phrases}
    answer = context.session.ask(question(AGENT, f"reference.{role_id}", asked, fields, max_tokens=90))
    return {} if answer is None else dict(answer.data)


_BOUNDS = {"appearance": (30, 150), "voice": (14, 80)}
"""Words and characters of a descriptor."""


def _wording_problems(
    context: ScriptContext, role: RoleFact, name: str, text: str, phrases: tuple[str, ...]
) -> list[Diagnostic]:
    words, characters = _BOUNDS[name]
    path = f"roles.{role.key}.{name}"
    prompt, language = context.story.prompt, _language(context.request, context.story)
    return [
        *check_descriptor(
            text, path=path, prompt=prompt, words=words, examples=EXAMPLES, characters=characters, language=language
        ),
        *check_gender(text, role.gender, path=path),
        *check_wording(text, phrases, prompt=prompt, path=path, language=language),
    ]


def _with_cues(role: RoleFact, cues: str) -> str:
    """The user's words, then the cues; code's own "in everyday clothes" gives way to what was seen."""
    if role.mention.casefold().removeprefix("a ").removeprefix("an ").removeprefix("the ") in cues.casefold():
        return cues[:1].upper() + cues[1:]
    own = appearance_of(role)
    head = without_clothes(own) if not _described(role) else own
    return f"{head.removesuffix(', a person')}: {cues[:1].lower()}{cues[1:]}"


_GENDERS = {Gender.FEMALE: "female", Gender.MALE: "male", Gender.PLURAL: "several of them"}


def _described(role: RoleFact) -> bool:
    return not (role.named and role.mention.casefold() == role.name.casefold())


def _describe(context: ScriptContext, cast: dict[str, Any], ids: dict[str, str], references: dict[str, Any]) -> None:
    """Asks for looks and voices, and once more for those that broke a contract.

    What a reference shows is not the model's to invent, so it is not in its schema.
    """
    wanted = {
        ids[role.key]: tuple(name for name in _BOUNDS if name not in _phrases(references, ids[role.key]))
        for role in context.story.roles
    }
    problems: tuple[str, ...] = ()
    taken: dict[str, dict[str, str]] = {}
    for attempt in range(2):
        answer = _ask_cast(context, ids, wanted, problems, attempt)
        if answer is None:
            return
        taken |= {role_id: taken.get(role_id, {}) | words for role_id, words in answer.items()}
        broken: dict[str, tuple[str, ...]] = {}
        messages: list[str] = []
        for role in context.story.roles:
            role_id = ids[role.key]
            for name, words in answer.get(role_id, {}).items():
                text = words.strip().rstrip(".")
                others = [look.get(name, "") for other, look in taken.items() if other != role_id]
                found = _look_problems(context, role, role_id, name, text, others)
                if found and (shorter := _first_phrases(text, found)):
                    # A small model that was told of one mistake rambles on: what it said first may do.
                    left = _look_problems(context, role, role_id, name, shorter, others)
                    text, found = (text, found) if left else (shorter, left)
                if not found:
                    _accept(cast[role_id], role, name, text)
                    continue
                why = f"{found[0].code}: {found[0].message}"
                cast[role_id]["rejected"].append({"path": f"roles.{role_id}.{name}", "text": text, "why": why})
                if name == "appearance" or _takes_voice(cast[role_id], role):
                    broken[role_id] = (*broken.get(role_id, ()), name)
                    messages.append(f"{role_id}, {name}: {found[0].message}")
        if not broken:
            return
        wanted, problems = broken, tuple(messages)


def _ask_cast(
    context: ScriptContext,
    ids: dict[str, str],
    wanted: dict[str, tuple[str, ...]],
    problems: tuple[str, ...],
    attempt: int,
) -> dict[str, dict[str, str]] | None:
    """The model's words by role and field, for the fields that are ``wanted``; ``None`` without an answer."""
    facts, request = context.story, context.request
    roles = tuple(
        RoleContext(ids[role.key], role.name, role.mention, _GENDERS.get(role.gender, ""))
        for role in facts.roles
        if wanted.get(ids[role.key])
    )
    if not roles:
        return None
    fields = {
        role.id: {
            "type": "object",
            "properties": {name: text_field(_BOUNDS[name][1]) for name in wanted[role.id]},
            "required": list(wanted[role.id]),
            "additionalProperties": False,
        }
        for role in roles
    }
    asked = CastContext(story_told(facts), _language(request, facts), roles, problems=problems)
    asking = question(AGENT, "cast", asked, fields, max_tokens=90 * len(roles) + 40, attempt=attempt)
    answer = context.session.ask(asking)
    return None if answer is None else dict(answer.data)


def _look_problems(
    context: ScriptContext, role: RoleFact, role_id: str, name: str, text: str, others: list[str]
) -> list[Diagnostic]:
    """What is wrong with a look or a voice; ``others`` are those of the other roles."""
    facts = context.story
    language = _language(context.request, facts)
    path = f"roles.{role_id}.{name}"
    words, characters = _BOUNDS[name]
    problems = check_descriptor(
        text,
        path=path,
        prompt=facts.prompt,
        words=words,
        examples=EXAMPLES,
        characters=characters,
        language=language,
    )
    problems += check_gender(text, role.gender, path=path)
    if name == "voice":
        return problems
    if not role.person:
        problems += check_animal(text, path=path, prompt=facts.prompt, name=role.name)
        if language == "en" and context.session.small:
            # A small model gives a domino a handle.
            problems += check_things(text, path=path, known=f"{facts.prompt} {role.name}")
    elif language == "en":
        problems += check_clothes(text, path=path, prompt=facts.prompt, who=f"{role.mention} {role.name}")
    return problems + check_twin(text, others, path=path)


def _first_phrases(text: str, found: list[Diagnostic]) -> str:
    """The first phrases of words that were too many or cut off, at least three words; else nothing."""
    if not {"cut_off", "too_long"} & {item.code for item in found}:
        return ""
    shorter = text.rpartition(",")[0]
    while len(shorter.split()) > _SHORTENED_WORDS and "," in shorter:
        shorter = shorter.rpartition(",")[0]
    return shorter if len(shorter.split()) >= 3 else ""


_SHORTENED_WORDS = 14
"""Words of a look that was too long, from which another phrase is left out."""


def _takes_voice(entry: dict[str, Any], role: RoleFact) -> bool:
    """Whether a model's words for the voice would enter the cast: not over the user's own, nor for who has none."""
    return bool(entry["voice"]) and not role.voice


def _accept(entry: dict[str, Any], role: RoleFact, name: str, text: str) -> None:
    if name == "appearance":
        entry["appearance"] = _joined(entry["appearance"], text, role)
        entry["by"]["appearance"] = AGENT
    elif _takes_voice(entry, role):
        entry["voice"], entry["by"]["voice"] = text[:1].upper() + text[1:], AGENT


def _joined(own: str, added: str, role: RoleFact) -> str:
    """The user's words first, then what the model adds; the model's alone where they already hold the user's."""
    mention = role.mention.casefold().removeprefix("a ").removeprefix("an ").removeprefix("the ")
    if mention in added.casefold():
        return added[:1].upper() + added[1:]
    head = own.split(",")[0] if role.named and own.startswith(role.name) else own
    if role.look and not content_stems(role.look) <= content_stems(added):
        head = own  # "in a red coat" is the user's
    return f"{head}: {added[:1].lower() + added[1:]}"


def _language(request: WriteRequest, facts: Facts) -> str:
    return request.language or facts.language
