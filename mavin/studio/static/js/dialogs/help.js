/** The keys, from the commands themselves. */

import { el } from "../dom.js";
import { dialog } from "./dialog.js";

const ARROWS = [
  [["←", "→"], "Move what is selected by a frame (the playhead, if nothing is)"],
  [["Shift", "←/→"], "… by ten frames"],
  [["Ctrl", "←/→"], "Move its end by a frame"],
  [["Alt", "←/→"], "Move its beginning by a frame"],
  [["Alt", "drag"], "Drag without snapping"],
  [["Shift", "drag a cut"], "Ripple instead of roll, or the other way round"],
  [["Shift", "drag the end"], "Scale the whole clip instead of trimming it"],
];

/** Shows the keys. */
export function helpDialog(commands) {
  const groups = Object.groupBy
    ? Object.groupBy(Object.values(commands).filter((each) => each.keys), (each) => each.group)
    : Object.values(commands).filter((each) => each.keys).reduce((all, each) => ({ ...all, [each.group]: [...(all[each.group] ?? []), each] }), {});
  const section = (title, rows) => el("section", {}, el("h3", { text: title }), el("dl", { class: "keys" }, rows));
  const entry = (keys, words) => [el("dt", {}, keys.map((key) => el("kbd", { text: key }))), el("dd", { text: words })];
  const list = Object.entries(groups).map(([title, found]) =>
    section(title, found.flatMap((command) => entry(command.keys.map(named), command.words))),
  );
  list.push(section("Move", ARROWS.flatMap(([keys, words]) => entry(keys, words))));
  return dialog("Keys", el("div", { class: "help" }, list), [{ words: "Close", value: null, kind: "primary" }], { wide: true });
}

const named = (key) => key.replace("Arrow", "").replace("Up", "↑").replace("Down", "↓").replace("Page↑", "Page up").replace("Page↓", "Page down");
