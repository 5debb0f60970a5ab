/** The details of the clip as a whole, when nothing is selected. */

import { commit } from "../actions.js";
import { el, fill } from "../dom.js";
import { savedClip } from "../film.js";
import { icon } from "../icons.js";
import { ASPECTS, lockName } from "../model.js";
import { seconds } from "../time.js";
import { beside, chip, findings, Form, heading, section } from "./form.js";

/** Builds the details. */
export function clipForm() {
  const form = new Form();
  const global = (field, label) =>
    form.field({
      path: `global_caption.${field}`,
      label,
      kind: "area",
      read: (now) => now.global_caption[field],
      write: (text) => [{ op: "set_text", path: `global_caption.${field}`, text }],
    });
  const long = (mode, label, hint) =>
    form.time({ path: `duration_ms.${mode}`, label, lock: mode === "trim" ? "duration_ms" : null, hint, read: (now) => now.duration_ms, write: (ms) => [{ op: "set_duration", duration_ms: ms, mode }] });
  form.add(
    heading(form, { name: "film", title: "the global text", path: "global_caption", words: (now) => `The clip · ${seconds(now.duration_ms)} s` }),
    findings(form, (found) => !/\b[SLCX]\d+\b/.test(found)),
    global("storyline", "Storyline"),
    global("style", "Style"),
    global("ambience", "Ambience"),
    beside(long("trim", "Trim or lengthen to", ""), long("scale", "Scale to", "")),
    el("p", { class: "quiet", text: "Trimming changes the last shot alone; scaling brings every cut, line and sound along." }),
    beside(
      form.field({
        path: "aspect",
        label: "Picture",
        kind: "choice",
        wide: false,
        options: ASPECTS.map((each) => [each, each]),
        read: (now) => now.aspect,
        write: (aspect) => [{ op: "set_clip", aspect }],
      }),
      form.field({ path: "language", label: "Language", wide: false, read: (now) => now.language, write: (language) => [{ op: "set_clip", language }] }),
    ),
    section(
      "Cast",
      form.live(el("p", { class: "chips" }), (element, now) => fill(element, now.roles.map((role) => chip("role", role.id, role.name)))),
    ),
    section("Locked", form.live(el("ul", { class: "locks" }), drawLocks)),
  );
  return form;
}

function drawLocks(element) {
  const found = savedClip().locks;
  fill(
    element,
    found.map((lock) =>
      el(
        "li",
        { "data-lock": lock.path },
        icon("lock"),
        el("span", { text: lock.name ?? lockName(lock.path) }),
        el("button", { type: "button", class: "button bare small", "aria-label": `Unlock ${lock.name}`, onclick: () => commit([{ op: "unlock", path: lock.path }]) }, "Unlock"),
      ),
    ),
    found.length ? null : el("li", { class: "quiet", text: "Nothing. A padlock keeps what it is on from every edit, by hand, by instruction or at the terminal." }),
  );
}
