/** What an instruction proposes, drawn over the lanes: where parts would be, what would come, what would go. */

import { el, fill } from "../dom.js";
import { savedClip } from "../film.js";
import { soundsOf } from "../model.js";
import { get } from "../store.js";
import { interval } from "../time.js";
import { x } from "./view.js";

/**
 * Draws the ghosts into the lanes: of the accepted operations as they would be, of the others hollow, where they were
 * proposed.  A click on one takes its operations out or in; `toggle(indexes, wanted)` does it.
 */
export function drawGhosts(lanes, toggle) {
  const { proposal } = get();
  const now = savedClip()?.caption;
  const found = proposal && now ? together(taken(now, proposal), left(now, proposal)) : [];
  for (const lane of lanes) {
    const mine = found.filter((ghost) => ghost.lane === lane.dataset.lane);
    fill(lane.ghosts, mine.map((ghost) => drawn(ghost, toggle)));
  }
}

function taken(now, proposal) {
  const would = proposal.clip?.caption;
  return would ? ghosts(now, would, proposal.operations.filter((each) => proposal.accepted.has(each.index)), true) : [];
}

/** What was proposed and is not accepted just now, so that it can be taken in again. */
function left(now, proposal) {
  const others = proposal.operations.filter((each) => !proposal.accepted.has(each.index));
  const all = proposal.after?.caption;
  if (!others.length || !all) return [];
  return ghosts(now, all, others, false).filter((ghost) => ghost.indexes.length);
}

/** Until the server has answered, what was just left out is still where all operations would put it: it is drawn once. */
function together(solid, hollow) {
  const same = (ghost) => hollow.some((each) => each.id === ghost.id && JSON.stringify(each.part) === JSON.stringify(ghost.part));
  return [...solid.filter((ghost) => ghost.indexes.length || !same(ghost)), ...hollow];
}

function drawn({ part, words, id, what, indexes, accepted }, toggle) {
  const choice = indexes.length ? (accepted ? "; click to leave it out" : "; left out, click to take it in") : "";
  const ghost = el(
    "div",
    {
      class: `ghost${indexes.length ? " own" : ""}${accepted ? "" : " left-out"}`,
      title: `Proposed: ${id} ${interval(part)}${choice}`,
      "data-ghost": id,
      onclick: () => indexes.length && toggle(indexes, !accepted),
    },
    words && accepted ? [el("b", { class: "id", text: id }), ` ${words}`] : null, // hollow over the part itself, whose words stay readable
    el("span", { class: "what", text: what }),
  );
  ghost.style.left = `${x(part.start_ms)}px`;
  ghost.style.width = `${x(part.end_ms - part.start_ms)}px`;
  return ghost;
}

function ghosts(now, would, operations, accepted) {
  const found = [];
  const differences = operations.flatMap((each) => each.differences);
  const compare = (old, part, lane, words, before) => {
    const said = differences.filter((each) => each.subject === part.id && each.what !== "lock").map((each) => each.what);
    if (old && JSON.stringify(bare(old)) === JSON.stringify(bare(part))) return;
    const what = old ? [...new Set(said)].join(", ") || "moved along" : "new";
    const moved = !old || before !== words || old.start_ms !== part.start_ms || old.end_ms !== part.end_ms;
    const indexes = operations.filter((each) => each.differences.some((one) => one.subject === part.id)).map((each) => each.index);
    found.push({ part, words: moved ? words : "", id: part.id, lane, what, indexes, accepted });
  };
  for (const shot of would.shots) {
    const old = now.shots.find((each) => each.id === shot.id);
    compare(old, shot, "shots", shot.title || shot.action, old && (old.title || old.action));
  }
  for (const line of would.dialogue) {
    const old = now.dialogue.find((each) => each.id === line.id);
    compare(old, line, line.role, line.text, old?.text);
  }
  const sounds = soundsOf(now);
  for (const sound of soundsOf(would)) {
    const old = sounds.find((each) => each.id === sound.id);
    compare(old, sound, "sounds", sound.text, old?.text);
  }
  return found;
}

/** A part without what lies in it, which has ghosts of its own. */
const bare = ({ sounds: _, ...part }) => part;

/** The ids of parts that would be elsewhere, in time or in another lane. */
export function movedIn(now, would) {
  const places = (caption) => new Map([...caption.dialogue, ...soundsOf(caption)].map((part) => [part.id, `${part.start_ms}–${part.end_ms} ${part.role ?? ""}`]));
  const before = places(now);
  return new Set([...places(would)].filter(([id, place]) => before.has(id) && before.get(id) !== place).map(([id]) => id));
}

/** The ids that would be gone. */
export function goneIn(now, would) {
  const ids = (caption) => [...caption.shots, ...caption.dialogue, ...soundsOf(caption)].map((part) => part.id);
  const left = new Set(ids(would));
  return new Set(ids(now).filter((id) => !left.has(id)));
}
