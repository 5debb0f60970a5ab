/** Editing words where they stand: the words of a line, the title of a shot, the text of a sound. */

import { commit } from "../actions.js";
import { el } from "../dom.js";
import { caption, savedClip } from "../film.js";
import { partOf, spoken } from "../model.js";
import { get } from "../store.js";

const FIELD = { line: "text", shot: "title", sound: "text" };

let open = null;

/** Opens a field over a block. */
export function editInPlace(layer, block) {
  close(true);
  const { kind, id } = block.dataset;
  const part = partOf(caption(), { kind, id });
  if (!part || !FIELD[kind]) return;
  const was = part[FIELD[kind]];
  const field = el("textarea", {
    class: "field in-place",
    value: was,
    rows: 1,
    "aria-label": `${FIELD[kind] === "title" ? "Title" : "Words"} of ${spoken(caption(), { kind, id })}`,
    onkeydown: (event) => {
      event.stopPropagation();
      if (event.key === "Escape") close(false);
      else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        close(true);
      }
    },
    onblur: () => close(true),
    onpointerdown: (event) => event.stopPropagation(),
  });
  open = { field, layer, block, kind, id, was, rev: get().film.rev };
  layer.append(field);
  placeInPlace();
  field.focus();
  field.select();
}

/** Keeps the field over its block when the lanes are drawn anew. */
export function placeInPlace() {
  if (!open) return;
  const { field, block } = open;
  if (!block.isConnected) return;
  const lane = block.closest(".lane");
  field.style.left = `${block.offsetLeft}px`;
  field.style.top = `${lane.offsetTop + block.offsetTop}px`;
  field.style.width = `${Math.max(block.offsetWidth, 220)}px`;
}

async function close(save) {
  if (!open) return;
  const { field, layer, block, kind, id, was, rev } = open;
  open = null;
  const text = field.value;
  field.remove();
  if (document.activeElement === document.body) block.focus({ preventScroll: true });
  if (!save || text === was) return;
  const done = await commit([operation(kind, id, text)], { rev });
  if (done || !block.isConnected) return;
  // Refused: what was typed comes back, to be mended or given up.
  editInPlace(layer, block);
  if (open) open.field.value = text;
}

function operation(kind, id, text) {
  if (kind === "line") return { op: "reword_line", line: id, text };
  const shot = kind === "shot" ? id : partOf(savedClip().caption, { kind, id }).shot;
  return { op: "set_text", path: kind === "shot" ? `shots.${id}.title` : `shots.${shot}.sounds.${id}.text`, text };
}
