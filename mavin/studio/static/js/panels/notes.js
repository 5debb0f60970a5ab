/** Everything that was found about the script, the gravest first, with what mends it. */

import { el, fill } from "../dom.js";
import { savedClip } from "../film.js";
import { get, on } from "../store.js";
import { finding } from "./form.js";

const GRAVITY = ["error", "warning", "info"];

/** Builds the panel; `tell(count, worst)` draws the tab's badge. */
export function buildNotes(tell) {
  const list = el("ul", { class: "findings" });
  const notices = el("ul", { class: "findings" });
  on(["film", "clip"], () => {
    const clip = savedClip();
    if (!clip) return;
    const found = [...clip.diagnostics].sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
    const more = get().film.notices.map((message) => ({ severity: "info", message, fixes: [] }));
    fill(list, found.map((each) => finding(each, { where: true })), found.length + more.length ? null : el("li", { class: "quiet", text: "Nothing to note: every line can be spoken, everything fits." }));
    fill(notices, more.map((each) => finding(each)));
    tell(found.filter((each) => each.severity !== "info").length, found[0]?.severity);
  });
  return el("div", { class: "notes" }, list, notices);
}
