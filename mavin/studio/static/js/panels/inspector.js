/** The details of what is selected. */

import { el, fill } from "../dom.js";
import { caption, savedClip } from "../film.js";
import { partOf } from "../model.js";
import { get, on } from "../store.js";
import { clipForm } from "./clip.js";
import { lineForm, lineKey } from "./line.js";
import { roleForm, roleKey } from "./role.js";
import { cutForm, shotForm, shotKey } from "./shot.js";
import { soundForm } from "./sound.js";

const KINDS = {
  shot: { form: shotForm, key: shotKey },
  cut: { form: cutForm, key: (now) => now.shots.map((shot) => shot.id).join() },
  line: { form: lineForm, key: lineKey },
  sound: { form: soundForm, key: (now, id) => partOf(now, { kind: "sound", id }).shot },
  role: { form: roleForm, key: roleKey },
};

/** Builds the panel; a form is made anew only when another one is needed, so that focus and caret stay. */
export function buildInspector() {
  const panel = el("div", { class: "inspector" });
  let shown = { key: null, form: null };
  const draw = () => {
    const now = caption();
    if (!now) return;
    const { selection, clip } = get();
    const kind = selection && partOf(savedClip().caption, selection) ? KINDS[selection.kind] : null;
    const key = kind ? [clip, selection.kind, selection.id, kind.key(savedClip().caption, selection.id)].join("/") : `${clip}/film`;
    if (key !== shown.key) {
      const focus = focused(panel);
      shown = { key, form: kind ? kind.form(savedClip().caption, selection.id) : clipForm() };
      fill(panel, shown.form.element);
      shown.form.draw(now);
      restore(panel, focus);
    } else shown.form.draw(now);
  };
  on(["film", "clip", "selection", "draft"], draw);
  return panel;
}

/** Which field is being typed into, and where. */
function focused(panel) {
  const field = document.activeElement;
  if (!panel.contains(field) || !field.dataset.path) return null;
  return { path: field.dataset.path, start: field.selectionStart, end: field.selectionEnd };
}

function restore(panel, focus) {
  const field = focus && panel.querySelector(`[data-path="${CSS.escape(focus.path)}"]`);
  if (!field) return;
  field.focus();
  if (focus.start !== null && field.setSelectionRange) field.setSelectionRange(focus.start, focus.end);
}
