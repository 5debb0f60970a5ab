/** The keyboard: commands by their keys, and the arrows. */

import { commands, runCommand } from "./commands.js";
import { isTyping } from "./dom.js";
import { caption } from "./film.js";
import { get, set } from "./store.js";
import { framesLater } from "./time.js";
import { nudge } from "./timeline/nudge.js";
import { reveal } from "./timeline/view.js";

const TEN = 10;
/** Keys that a focused control of the browser's own takes itself. */
const NATIVE = new Set(["Space", "Enter", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Backspace", "Delete"]);

const byKey = new Map(Object.entries(commands).flatMap(([name, { keys = [] }]) => keys.map((key) => [key, name])));

function nameOf(event) {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && (event.ctrlKey || event.metaKey || event.key.length > 1);
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/** The button that was clicked last with a pointer. */
let clicked = null;

/** Listens for keys that are nobody else's. */
export function listenToKeys() {
  document.addEventListener("pointerdown", (event) => {
    clicked = event.target.closest?.("button") ?? null;
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") clicked = null;
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (!caption()) return;
    const control = event.target.closest?.("button, a, select, input, audio, video, summary, [role=tab], [role=menu]");
    const name = nameOf(event);
    // A button that was clicked keeps the focus; only one that was reached by the keyboard takes its keys.
    if (control && control === clicked) control.blur();
    else if (control && NATIVE.has(event.key === " " ? "Space" : event.key)) return;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      arrow(event);
      return;
    }
    if (name === "Tab" || name === "Shift+Tab" || event.altKey) return;
    const command = byKey.get(name) ?? (event.key === "=" ? "zoomIn" : undefined);
    if (!command) return;
    event.preventDefault();
    runCommand(command);
  });
}

/** Left and right: what is selected by a frame, or one end of it; the playhead where nothing can be moved. */
function arrow(event) {
  const frames = (event.key === "ArrowLeft" ? -1 : 1) * (event.shiftKey ? TEN : 1);
  const grip = event.ctrlKey || event.metaKey ? "end" : event.altKey ? "start" : "body";
  const focused = document.activeElement?.closest?.('[data-kind="end"]');
  const { selection } = get();
  if (focused) return nudge({ kind: "end", id: "end" }, "body", frames);
  if (selection?.kind === "cut") return nudge(selection, "body", frames);
  if (selection?.kind === "line" || selection?.kind === "sound") return nudge(selection, grip, frames);
  if (selection?.kind === "shot" && grip !== "body") return nudgeCut(selection.id, grip, frames);
  const ms = Math.min(Math.max(framesLater(get().playhead, frames), 0), caption().duration_ms);
  set({ playhead: ms });
  return reveal(ms);
}

/** The edges of a shot are cuts, and the last one is the clip's end. */
function nudgeCut(id, grip, frames) {
  const { shots } = caption();
  const index = shots.findIndex((shot) => shot.id === id) + (grip === "end" ? 1 : 0);
  if (index === 0) return;
  if (index === shots.length) nudge({ kind: "end", id: "end" }, "body", frames);
  else nudge({ kind: "cut", id: shots[index].id }, "body", frames);
}
