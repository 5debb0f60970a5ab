/** Where a time is on the page: scale, zoom and scrolling. */

import { calm } from "../dom.js";
import { savedClip } from "../film.js";
import { get, set } from "../store.js";

const MIN_SCALE = 0.02;
const MAX_SCALE = 1.2;
const END_ROOM_PX = 56;

/** Pixels from the beginning of the clip to an instant. */
export const x = (ms) => ms * get().scale;

/** The scroller, which the timeline sets when it is built. */
export const view = { scroller: null };

/** Width of the lanes' heads, which stay in place while the lanes scroll. */
const headWidth = () =>
  Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--head")) || 148;

/** The instant under a pointer. */
export function msAt(clientX) {
  const { scroller } = view;
  return (clientX - scroller.getBoundingClientRect().left - headWidth() + scroller.scrollLeft) / get().scale;
}

/** The largest scale at which the whole clip is seen. */
function fitting() {
  const room = view.scroller.clientWidth - headWidth() - END_ROOM_PX;
  return Math.max(room, 100) / (savedClip()?.caption.duration_ms ?? 15000);
}

/** Shows the whole clip. */
export function fit() {
  set({ scale: Math.min(Math.max(fitting(), MIN_SCALE), MAX_SCALE) });
  view.scroller.scrollLeft = 0;
}

/** Zooms; the given instant, or the playhead, stays where it is on the page. */
export function zoom(factor, aroundMs = get().playhead) {
  const { scroller } = view;
  const before = aroundMs * get().scale - scroller.scrollLeft;
  const inside = before >= 0 && before <= scroller.clientWidth - headWidth();
  const scale = Math.min(Math.max(get().scale * factor, MIN_SCALE), MAX_SCALE);
  set({ scale });
  // The lanes are as wide as the scale says only after they have been drawn anew.
  queueMicrotask(() => {
    scroller.scrollLeft = aroundMs * scale - (inside ? before : (scroller.clientWidth - headWidth()) / 2);
  });
}

/** Scrolls as little as needed to bring an instant into view. */
export function reveal(ms, margin = 40) {
  const { scroller } = view;
  const left = x(ms) - scroller.scrollLeft;
  const width = scroller.clientWidth - headWidth();
  if (left >= 0 && left <= width) return;
  const to = left < 0 ? x(ms) - margin : x(ms) - width + margin;
  scroller.scrollTo({ left: Math.max(to, 0), behavior: calm() || get().playing ? "instant" : "smooth" });
}

/** A page further or back, as the person reads. */
export function revealPage(ms) {
  const { scroller } = view;
  const left = x(ms) - scroller.scrollLeft;
  if (left < 0 || left > scroller.clientWidth - headWidth()) scroller.scrollLeft = Math.max(x(ms) - 40, 0);
}
