/** What the page knows, in one place; parts of the page redraw when what they stand on changes. */

/**
 * @property film      the server's account of the film (GET /api/film), or null before it has come
 * @property clip      id of the clip that is being edited
 * @property selection {kind: "shot"|"line"|"sound"|"role"|"cut"|"film", id} or null
 * @property playhead  milliseconds
 * @property playing   whether the video runs
 * @property scale     pixels per millisecond
 * @property draft     a gesture that is not saved: {operations, caption, zones, problems, items} or null
 * @property proposal  what an instruction asks for: {id, items, accepted, caption, …} or null
 * @property thinking  what the editor agent does just now, in a sentence
 * @property chosen    name of the video that is shown, "" for the storyboard, null for the newest
 * @property vocabulary what the server takes: sizes, angles, renderers, limits
 * @property online    whether the server answers
 */
const state = {
  film: null,
  clip: "K1",
  selection: null,
  playhead: 0,
  playing: false,
  scale: 0.1,
  draft: null,
  proposal: null,
  thinking: "",
  jobs: {},
  chosen: null,
  vocabulary: null,
  snapping: true,
  ripple: false,
  online: true,
};

const listeners = new Set();
let pending = null;

/** The state; to be read, never written. */
export const get = () => state;

/** Changes some of the state; who listens to one of the keys is told once, before the next picture is painted. */
export function set(changes) {
  const keys = Object.keys(changes).filter((key) => state[key] !== changes[key]);
  if (!keys.length) return;
  Object.assign(state, changes);
  if (!pending) {
    pending = new Set();
    queueMicrotask(flush);
  }
  keys.forEach((key) => pending.add(key));
}

/** Calls `redraw` when one of the keys changes. */
export function on(keys, redraw) {
  listeners.add({ keys, redraw });
}

function flush() {
  const changed = pending;
  pending = null;
  for (const { keys, redraw } of listeners) {
    if (keys.some((key) => changed.has(key))) redraw(state);
  }
}
