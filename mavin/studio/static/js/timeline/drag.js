/** Dragging with mouse, pen or finger: bodies, edges, cuts, the clip's end, shots, the playhead. */

import { savedClip, select } from "../film.js";
import { get, set } from "../store.js";
import { drop, propose, settle } from "./gesture.js";
import { finishNudge } from "./nudge.js";
import { cutMode, cutMoved, edgesOf, endMoved, moved, shotMoved, timed } from "./moves.js";
import { snapped } from "./snap.js";
import { msAt, view } from "./view.js";

const SLOP_PX = 3;
const SLOP_TOUCH_PX = 8;
const EDGE_ROOM_PX = 36;

let hand = null;

/** Takes hold of what lies under the pointer. */
export function startDrag(event) {
  if (event.button !== 0 || hand) return;
  const target = event.target.closest("[data-kind]");
  if (!target) return;
  const { kind, id } = target.dataset;
  const grip = event.target.closest("[data-grip]")?.dataset.grip ?? "body";
  let selection = { kind, id };
  // The edge of a shot is a cut: the one to it, or to the next shot, or the end of the clip.
  if (kind === "shot" && grip !== "body") {
    const { shots } = savedClip().caption;
    const index = shots.findIndex((shot) => shot.id === id) + (grip === "end" ? 1 : 0);
    selection = index >= shots.length ? { kind: "end", id: "end" } : { kind: "cut", id: shots[index].id };
    if (index === 0) selection = { kind, id };
  }
  finishNudge();
  if (kind !== "end") select(kind, id);
  target.focus({ preventScroll: true });
  hand = { selection, grip, target, pointer: event.pointerId, fromX: event.clientX, fromMs: msAt(event.clientX), touch: event.pointerType !== "mouse", moving: false };
  hand.caption = savedClip().caption;
  hand.part = timed(hand.caption, selection);
  if (!hand.part) {
    hand = null;
    return;
  }
  target.setPointerCapture(event.pointerId);
  event.preventDefault();
}

/** Follows the pointer. */
export function followDrag(event) {
  if (!hand || event.pointerId !== hand.pointer) return;
  if (!hand.moving) {
    if (Math.abs(event.clientX - hand.fromX) < (hand.touch ? SLOP_TOUCH_PX : SLOP_PX) && !laneUnder(event)) return;
    hand.moving = true;
    document.body.classList.add("dragging");
  }
  hand.last = event;
  edgeScroll(event);
  const found = where(event);
  propose(found.operations, found.moving, found.hint);
}

/** Lets go: what is shown is saved. */
export function endDrag(event) {
  if (!hand || event.pointerId !== hand.pointer) return;
  const { moving } = hand;
  release();
  if (!moving) return;
  if (get().draft?.operations.length) settle();
  else drop();
}

/** Gives up: everything is where it was. */
export function cancelDrag() {
  if (!hand) return false;
  release();
  drop();
  return true;
}

function release() {
  if (hand.target.hasPointerCapture?.(hand.pointer)) hand.target.releasePointerCapture(hand.pointer);
  hand = null;
  document.body.classList.remove("dragging");
}

/** Where the pointer brings the part, as operations. */
function where(event) {
  const { selection, grip, part, caption } = hand;
  const by = msAt(event.clientX) - hand.fromMs;
  if (selection.kind === "shot") return { ...shotMoved(caption, selection.id, msAt(event.clientX)), hint: null };
  const edges = edgesOf(part, selection.kind === "cut" ? "start" : grip).map((ms) => ms + by);
  const { shift, magnet } = snapped(caption, edges, part.id, event.altKey);
  const exact = Math.round(by + shift);
  const hint = magnet && { ms: magnet.ms, what: magnet.what };
  if (selection.kind === "cut") return { ...cutMoved(caption, selection.id, exact, cutMode(event.shiftKey)), hint };
  if (selection.kind === "end") return { ...endMoved(caption, exact, event.shiftKey ? "scale" : "trim"), hint };
  const role = selection.kind === "line" && grip === "body" ? laneUnder(event) : null;
  return { ...moved(caption, selection, grip, exact, role), hint };
}

/** The role whose lane a line is brought to, or null where it is its own or no role's. */
function laneUnder(event) {
  if (hand.selection.kind !== "line" || hand.grip !== "body") return null;
  for (const lane of view.scroller.querySelectorAll(".lane.role")) {
    const { top, bottom } = lane.getBoundingClientRect();
    if (event.clientY >= top && event.clientY < bottom) return lane.dataset.lane === hand.part.role ? null : lane.dataset.lane;
  }
  return null;
}

/** At the border of the view the lanes scroll on under the hand. */
function edgeScroll(event) {
  const { left, right } = view.scroller.getBoundingClientRect();
  if (event.clientX > right - EDGE_ROOM_PX) view.scroller.scrollLeft += 12;
  else if (event.clientX < left + EDGE_ROOM_PX) view.scroller.scrollLeft -= 12;
}

/** Moving the playhead along the ruler. */
export function scrub(event) {
  const { duration_ms: end } = savedClip()?.caption ?? { duration_ms: 0 };
  const ms = msAt(event.clientX);
  const { shift } = snapped(savedClip().caption, [ms], null, event.altKey);
  set({ playhead: Math.min(Math.max(ms + shift, 0), end) });
}
