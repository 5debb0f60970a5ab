/** What is said beside the hand while something is moved: times, frames, how it could be spoken, why it is refused. */

import { el, fill } from "../dom.js";
import { savedClip, speechOf } from "../film.js";
import { icon } from "../icons.js";
import { get } from "../store.js";
import { frameOf, interval, seconds } from "../time.js";
import { timed } from "./moves.js";
import { x } from "./view.js";

const SPEAKABLE = {
  natural: (speech) => `natural (${seconds(speech.natural_ms)} s at ease)`,
  rushed: (speech) => `rushed: ${seconds(speech.natural_ms)} s would be natural`,
  impossible: (speech) => `too short to say: it takes ${seconds(speech.fastest_ms)} s at the very least`,
  recorded: () => "its recording is played",
};

/** What is known of a line's length in words. */
export const speakable = (speech) => SPEAKABLE[speech.zone]?.(speech) ?? "";

/** Draws the note and the line that shows what an edge is held by. */
export function drawHud(hud, magnetLine) {
  const { draft } = get();
  const key = draft && Object.keys(draft.moving)[0];
  hud.hidden = !key;
  magnetLine.hidden = !draft?.hint;
  if (draft?.hint) magnetLine.style.left = `${x(draft.hint.ms)}px`;
  if (!key) return;
  const [kind, id] = keyOf(draft.moving).split(":");
  const place = draft.moving[`${kind}:${id}`];
  const was = timed(savedClip().caption, { kind, id });
  const times = [];
  if (place.end_ms === undefined) {
    times.push(`${seconds(place.start_ms)} s`, `frame ${frameOf(place.start_ms)}`, signed(frameOf(place.start_ms) - frameOf(was.start_ms)));
  } else {
    times.push(interval(place), `${seconds(place.end_ms - place.start_ms)} s long`);
    times.push(`frames ${frameOf(place.start_ms)}–${frameOf(place.end_ms)}`);
  }
  const speech = kind === "line" && draft.ok !== false ? speechOf(id) : null;
  const problem = draft.ok === false ? draft.problems[0]?.message : "";
  hud.style.left = `${Math.max(x(place.start_ms), 0)}px`;
  hud.className = `hud ${draft.ok === false ? "denied" : speech?.zone ?? ""}`;
  fill(
    hud,
    el("span", { class: "mono", text: times.join(" · ") }),
    draft.hint ? el("span", { class: "quiet", text: `at the ${draft.hint.what}` }) : null,
    speech ? el("span", { class: "zone", text: speakable(speech) }) : null,
    problem ? el("span", { class: "problem" }, icon(draft.locks.length ? "lock" : "error"), problem) : null,
  );
}

/** The part that the hand is on: a cut rather than the shots beside it. */
const keyOf = (moving) => Object.keys(moving).find((key) => /^(cut|end):/.test(key)) ?? Object.keys(moving)[0];

function signed(frames) {
  const count = Math.abs(frames);
  return `${frames < 0 ? "−" : "+"}${count} ${count === 1 ? "frame" : "frames"}`;
}
