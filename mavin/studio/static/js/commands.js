/** What can be done to what is selected: for buttons, menus and keys alike; the help lists it from here. */

import { commit, redo, toggleLock, undo } from "./actions.js";
import { say, toast } from "./announce.js";
import { addLine, addRole, addShot, addSound } from "./dialogs/add.js";
import { helpDialog } from "./dialogs/help.js";
import { caption, locks, savedClip } from "./film.js";
import { lockPath, nameOf, partOf, shotAt } from "./model.js";
import { startPreview } from "./jobs.js";
import { pause, toggle } from "./player.js";
import { get, set } from "./store.js";
import { bring, cancelNudge, finishNudge } from "./timeline/nudge.js";
import { cancelDrag } from "./timeline/drag.js";
import { editSelected, focusNext } from "./timeline/timeline.js";
import { fit, reveal, zoom } from "./timeline/view.js";

const selected = (...kinds) => kinds.includes(get().selection?.kind);
const at = () => Math.round(get().playhead);

/** Name → {words, short, icon, keys, run, possible, group}. */
export const commands = {
  play: { group: "Play", words: "Play or pause", icon: "play", keys: ["Space"], run: toggle },
  start: { group: "Play", words: "To the beginning", icon: "start", keys: ["Home"], run: () => go(0) },
  end: { group: "Play", words: "To the end", icon: "end", keys: ["End"], run: () => go(caption().duration_ms) },
  before: { group: "Play", words: "To the cut before", icon: "before", keys: ["PageUp"], run: () => toCut(-1) },
  after: { group: "Play", words: "To the next cut", icon: "after", keys: ["PageDown"], run: () => toCut(1) },

  next: { group: "Select", words: "The next part of the timeline", keys: ["ArrowDown", "Tab"], run: () => focusNext(1) },
  previous: { group: "Select", words: "The part before", keys: ["ArrowUp", "Shift+Tab"], run: () => focusNext(-1) },
  nothing: { group: "Select", words: "Give up a gesture; select nothing", keys: ["Escape"], run: escape },

  edit: {
    group: "Edit", words: "Edit its words in place", keys: ["Enter", "F2"], run: editSelected,
    possible: () => selected("line", "shot", "sound"),
  },
  undo: { group: "Edit", words: "Undo", icon: "undo", keys: ["Ctrl+Z"], run: undo },
  redo: { group: "Edit", words: "Redo", icon: "redo", keys: ["Ctrl+Y", "Ctrl+Shift+Z"], run: redo },
  split: {
    group: "Edit", words: "Split at the playhead", icon: "split", keys: ["S"], run: split,
    possible: () => Boolean(splitting()),
  },
  trimStart: { group: "Edit", words: "Begin at the playhead", keys: ["["], run: () => trim("start"), possible: () => selected("line", "sound") },
  trimEnd: { group: "Edit", words: "End at the playhead", keys: ["]"], run: () => trim("end"), possible: () => selected("line", "sound") },
  duplicate: {
    group: "Edit", words: "Duplicate the shot", icon: "copy", keys: ["D"], possible: () => selected("shot"),
    run: () => commit([{ op: "duplicate_shot", shot: get().selection.id }]),
  },
  delete: {
    group: "Edit", words: "Delete", icon: "trash", keys: ["Delete", "Backspace"], run: remove,
    possible: () => selected("line", "sound", "shot", "cut", "role"),
  },
  lock: {
    group: "Edit", words: "Lock or unlock", icon: "lock", keys: ["L"],
    run: () => toggleLock(lockPath(caption(), get().selection)),
    possible: () => selected("line", "sound", "shot", "cut", "role"),
    pressed: () => Boolean(savedClip() && get().selection && locks().includes(lockPath(caption(), get().selection))),
  },
  ripple: { group: "Edit", words: "Roll or ripple", icon: "ripple", keys: ["R"], run: () => set({ ripple: !get().ripple }) },

  addShot: { group: "Add", words: "Shot …", icon: "film", run: addShot, possible: () => caption()?.shots.length < 6 },
  addLine: { group: "Add", words: "Line of dialogue …", icon: "line", keys: ["A"], run: addLine, possible: () => caption()?.roles.length > 0 },
  addSound: { group: "Add", words: "Sound …", icon: "sound", run: addSound },
  addRole: { group: "Add", words: "Role …", icon: "person", run: addRole },

  zoomIn: { group: "See", words: "Zoom in", keys: ["+", "Ctrl+wheel"], run: () => zoom(1.4) },
  zoomOut: { group: "See", words: "Zoom out", keys: ["-"], run: () => zoom(1 / 1.4) },
  fit: { group: "See", words: "The whole clip", keys: ["0"], run: fit },
  instruct: { group: "See", words: "Say what to change", keys: ["/"], run: () => document.getElementById("ask-text").focus() },
  details: { group: "See", words: "Details of what is selected", keys: ["I"], run: () => document.dispatchEvent(new CustomEvent("mavin:details")) },
  preview: { group: "See", words: "Make a preview", keys: ["P"], run: () => startPreview({}) },
  help: { group: "See", words: "These keys", icon: "help", keys: ["?"], run: () => helpDialog(commands) },
};

/** Runs a command, if it is possible now. */
export async function runCommand(name) {
  const command = commands[name];
  if (!["undo", "nothing"].includes(name)) await finishNudge();
  if (name === "undo" && cancelNudge()) return;
  if (command.possible && !command.possible()) return;
  command.run();
}

function go(ms) {
  set({ playhead: ms });
  reveal(ms);
}

function toCut(step) {
  const { shots, duration_ms: end } = caption();
  const stops = [...shots.map((shot) => shot.start_ms), end];
  const found = step > 0 ? stops.find((ms) => ms > get().playhead + 1) : stops.findLast((ms) => ms < get().playhead - 1);
  if (found !== undefined) go(found);
}

function escape() {
  if (cancelDrag() || cancelNudge()) return;
  pause();
  set({ selection: null });
}

function trim(grip) {
  bring(get().selection, grip, at());
}

/** What the playhead splits: the selected line or shot, else the shot that is seen. */
function splitting() {
  const now = caption();
  if (!now) return null;
  const { selection } = get();
  const inside = (part) => part && part.start_ms < at() && at() < part.end_ms;
  if (selection?.kind === "line") {
    const line = partOf(now, selection);
    return inside(line) ? { kind: "line", part: line } : null;
  }
  const shot = selection?.kind === "shot" ? partOf(now, selection) : shotAt(now, at());
  return inside(shot) ? { kind: "shot", part: shot } : null;
}

function split() {
  const { kind, part } = splitting();
  if (kind === "shot") return commit([{ op: "split_shot", shot: part.id, at_ms: at() }]);
  const share = (at() - part.start_ms) / (part.end_ms - part.start_ms);
  return commit([{ op: "split_line", line: part.id, at_ms: at(), text_at: wordNear(part.text, share) }]);
}

/** The beginning of the word that is nearest to a share of the text. */
function wordNear(text, share) {
  const parts = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)];
  const starts = parts.filter((each) => each.isWordLike && each.index > 0).map((each) => each.index);
  const wanted = text.length * share;
  return starts.reduce((best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best), starts[0] ?? 0);
}

/** Deletes what is selected; what goes with it is said, and can be taken back. */
export async function remove() {
  const { kind, id } = get().selection;
  const now = savedClip().caption;
  const index = now.shots.findIndex((shot) => shot.id === id);
  const time = get().ripple ? "ripple" : index > 0 ? "previous" : "next";
  const operation = {
    line: { op: "delete_line", line: id },
    sound: { op: "delete_sound", sound: id },
    shot: { op: "delete_shot", shot: id, time },
    cut: { op: "merge_shots", shot: now.shots[index - 1]?.id, other: id },
    role: { op: "remove_role", role: id },
  }[kind];
  const name = kind === "role" ? nameOf(now, id) : id;
  const done = await commit([operation], { quiet: true });
  if (!done) return;
  const words = kind === "cut" ? `Merged ${operation.shot} and ${id}.` : `Deleted ${name}.`;
  say(words);
  toast(words, "info", [{ words: "Undo", run: undo }]);
}
