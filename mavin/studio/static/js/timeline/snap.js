/** Where a dragged edge comes to rest: at a cut, the playhead or another edge that is near, else on the grid. */

import { soundsOf } from "../model.js";
import { get } from "../store.js";
import { frameOf, msOfFrame } from "../time.js";

const PULL_PX = 7;

/** The grid the person chose: "tenths", "frames" or "free". */
export function grid() {
  return document.documentElement.dataset.grid ?? "tenths";
}

/** An instant on the grid. */
export function onGrid(ms) {
  if (grid() === "tenths") return Math.round(ms / 100) * 100;
  return grid() === "frames" ? msOfFrame(frameOf(ms)) : Math.round(ms);
}

/** What edges are drawn to, but for those of the part that is dragged. */
function magnets(caption, without) {
  const { playhead } = get();
  const found = [
    { ms: 0, what: "start" },
    { ms: caption.duration_ms, what: "end" },
    { ms: Math.round(playhead), what: "playhead" },
  ];
  const add = (part, what) => {
    if (part.id !== without) found.push({ ms: part.start_ms, what }, { ms: part.end_ms, what });
  };
  caption.shots.slice(1).forEach((shot) => shot.id !== without && found.push({ ms: shot.start_ms, what: "cut" }));
  caption.dialogue.forEach((line) => add(line, "line"));
  soundsOf(caption).forEach((sound) => add(sound, "sound"));
  return found;
}

/**
 * The nearest place for some edges that move together.
 *
 * @param edges   where they would be, in milliseconds
 * @param free    whether the person turned snapping off for now (Alt)
 * @returns {shift, magnet}: what to add to the edges, and the magnet that holds them or null
 */
export function snapped(caption, edges, without, free) {
  const whole = Math.round(edges[0]) - edges[0];
  if (free || grid() === "free") return { shift: whole, magnet: null };
  const pull = PULL_PX / get().scale;
  let best = null;
  for (const edge of edges) {
    for (const magnet of magnets(caption, without)) {
      const distance = Math.abs(magnet.ms - edge);
      if (distance <= pull && (!best || distance < best.distance)) best = { distance, shift: magnet.ms - edge, magnet };
    }
  }
  // Where the grid is finer than the pull, a magnet holds only what is next to it, so that every frame can be reached.
  const step = grid() === "tenths" ? 100 : 1000 / 24;
  if (best && best.distance <= Math.max(pull / 2, Math.min(pull, step / 2))) return best;
  return { shift: onGrid(edges[0]) - edges[0], magnet: null };
}
