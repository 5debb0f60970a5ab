/** Moving by the keyboard: frame by frame; a run of presses is one step of the history. */

import { say } from "../announce.js";
import { savedClip } from "../film.js";
import { get } from "../store.js";
import { frameOf, interval, msOfFrame, seconds } from "../time.js";
import { drop, propose, settle } from "./gesture.js";
import { cutMode, cutMoved, edgesOf, endMoved, moved, timed } from "./moves.js";
import { reveal } from "./view.js";

const REST_MS = 500;

let run = null;

/**
 * Moves a part, or one end of it, by so many frames.
 *
 * @param grip "body", "start" or "end"
 */
export function nudge(selection, grip, frames) {
  const { caption } = savedClip();
  const part = timed(caption, selection);
  if (!part) return;
  const same = run && run.grip === grip && run.selection.kind === selection.kind && run.selection.id === selection.id;
  if (!same) finishNudge();
  run = { selection, grip, caption, frames: (same ? run.frames : 0) + frames };
  const [edge] = edgesOf(part, selection.kind === "cut" ? "start" : grip);
  const by = msOfFrame(frameOf(edge) + run.frames) - edge;
  place(by);
}

/** Brings one edge of a part to an instant. */
export function bring(selection, grip, ms) {
  const { caption } = savedClip();
  const part = timed(caption, selection);
  if (!part) return;
  finishNudge();
  run = { selection, grip, caption, frames: 0 };
  place(ms - edgesOf(part, grip)[0]);
  finishNudge();
}

function place(by) {
  const { selection, grip, caption } = run;
  let found;
  if (selection.kind === "cut") found = cutMoved(caption, selection.id, by, cutMode(false));
  else if (selection.kind === "end") found = endMoved(caption, by, "trim");
  else found = moved(caption, selection, grip, by);
  propose(found.operations, found.moving);
  const now = found.moving[`${selection.kind}:${selection.id}`];
  reveal(grip === "end" ? now.end_ms ?? now.start_ms : now.start_ms);
  say(now.end_ms === undefined ? `${seconds(now.start_ms)} seconds, frame ${frameOf(now.start_ms)}` : interval(now));
  clearTimeout(run.timer);
  run.timer = setTimeout(finishNudge, REST_MS);
}

/** Saves a run of presses now. */
export function finishNudge() {
  if (!run) return Promise.resolve(true);
  clearTimeout(run.timer);
  run = null;
  return get().draft?.operations.length ? settle() : (drop(), Promise.resolve(true));
}

/** Gives a run of presses up. */
export function cancelNudge() {
  if (!run) return false;
  clearTimeout(run.timer);
  run = null;
  drop();
  return true;
}
