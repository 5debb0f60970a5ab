/** What an instruction proposes, drawn over the lanes: where parts would be, what would come, what would go. */

import { el, fill } from "../dom.js";
import { savedClip } from "../film.js";
import { soundsOf } from "../model.js";
import { get } from "../store.js";
import { interval } from "../time.js";
import { x } from "./view.js";

/** Draws the ghosts of the accepted operations into the lanes. */
export function drawGhosts(lanes) {
  const { proposal } = get();
  const would = proposal?.clip?.caption;
  const now = savedClip()?.caption;
  const found = would && now ? ghosts(now, would) : [];
  for (const lane of lanes) {
    const mine = found.filter((ghost) => ghost.lane === lane.dataset.lane);
    fill(lane.ghosts, mine.map(drawn));
  }
}

function drawn({ part, words, id, what }) {
  const ghost = el(
    "div",
    { class: "ghost", title: `Proposed: ${id} ${interval(part)}`, "data-ghost": id },
    el("b", { class: "id", text: id }),
    ` ${words}`,
    el("span", { class: "what", text: what }),
  );
  ghost.style.left = `${x(part.start_ms)}px`;
  ghost.style.width = `${x(part.end_ms - part.start_ms)}px`;
  return ghost;
}

function ghosts(now, would) {
  const found = [];
  const compare = (old, part, lane, words, before) => {
    const what = [];
    if (!old) what.push("new");
    else {
      if (old.start_ms !== part.start_ms || old.end_ms !== part.end_ms) what.push("time");
      if (before !== words) what.push("words");
      if (JSON.stringify(rest(old)) !== JSON.stringify(rest(part))) what.push("more");
    }
    if (what.length) found.push({ part, words, id: part.id, lane, what: what.join(", ") });
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

/** What is left of a part without its times and words. */
function rest(part) {
  const copy = { ...part };
  for (const name of ["start_ms", "end_ms", "text", "title", "sounds", "shot"]) delete copy[name];
  return copy;
}

/** The ids that would be gone. */
export function goneIn(now, would) {
  const ids = (caption) => [...caption.shots, ...caption.dialogue, ...soundsOf(caption)].map((part) => part.id);
  const left = new Set(ids(would));
  return new Set(ids(now).filter((id) => !left.has(id)));
}
