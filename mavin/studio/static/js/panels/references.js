/** A role's own picture and voice: dropped or chosen, seen and heard, for the whole film or for one shot. */

import { changeBy, commit } from "../actions.js";
import { say } from "../announce.js";
import * as api from "../api.js";
import { el, fill } from "../dom.js";
import { caption } from "../film.js";
import { nameOf } from "../model.js";
import { get } from "../store.js";

/** Binds a file to a role, or to it in one shot alone. */
async function bind(role, file, shot = null) {
  if (!file) return false;
  say(`Reading ${file.name}`);
  const done = await changeBy(() => api.upload(role, file, { rev: get().film.rev, clip: get().clip, shot }));
  if (done) say(`${file.name} is bound to ${nameOf(caption(), role)}`);
  return done;
}

/** The references of a role (in one shot), as an element that `form` keeps true. */
export function referenceDrop(form, role, shot = null) {
  const id = `reference-${role}-${shot ?? "all"}`;
  const seen = el("div", { class: "bound" });
  const file = el("input", {
    type: "file",
    accept: "image/*,audio/*",
    class: "sr",
    id,
    onchange: async () => {
      await bind(role, file.files[0], shot);
      file.value = "";
    },
  });
  const drop = el(
    "div",
    { class: "drop", "data-drop-role": role, "data-drop-shot": shot },
    seen,
    el("label", { class: "button small", for: id }, "Choose a picture or voice …"),
    file,
    el("span", { class: "quiet", text: "or drop it here." }),
  );
  form.live(seen, (element, now) => drawBound(element, now, role, shot));
  return drop;
}

/** The references that are bound there. */
function boundOf(now, role, shot) {
  const own = now.roles.find((each) => each.id === role)?.reference;
  if (!shot) return own;
  return now.shots.find((each) => each.id === shot)?.overrides.find((each) => each.role === role)?.reference ?? null;
}

function drawBound(element, now, role, shot) {
  const found = boundOf(now, role, shot);
  const wanted = JSON.stringify([found, get().clip]);
  if (element.dataset.shown === wanted) return;
  element.dataset.shown = wanted;
  const where = { clip: get().clip, shot, rev: get().film.rev };
  const name = nameOf(now, role);
  const remove = (kind, words) =>
    el("button", {
      type: "button",
      class: "button small",
      text: words,
      onclick: () => commit([{ op: "unbind_reference", role, kind, ...(shot ? { shot } : {}) }]),
    });
  fill(
    element,
    found?.image
      ? el("figure", {}, el("img", { src: api.referenceUrl(role, "png", where), alt: `Reference picture of ${name}` }), remove("image", "Remove picture"))
      : null,
    found?.audio
      ? el("figure", {}, el("audio", { controls: true, preload: "none", src: api.referenceUrl(role, "wav", where), "aria-label": `Reference voice of ${name}` }), remove("audio", "Remove voice"))
      : null,
  );
}

/** Files may be dropped on whatever names a role; anywhere else nothing happens, and the page stays. */
export function listenToDrops() {
  let over = null;
  const mark = (target) => {
    if (over === target) return;
    over?.classList.remove("over");
    over = target;
    over?.classList.add("over");
  };
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files") || event.defaultPrevented) return;
    const target = event.target.closest?.("[data-drop-role]") ?? null;
    event.preventDefault();
    event.dataTransfer.dropEffect = target ? "copy" : "none";
    mark(target);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || mark(null));
  document.addEventListener("drop", (event) => {
    if (event.defaultPrevented) return;
    const target = event.target.closest?.("[data-drop-role]");
    event.preventDefault();
    mark(null);
    if (!target) return;
    for (const file of event.dataTransfer.files) bind(target.dataset.dropRole, file, target.dataset.dropShot ?? null);
  });
}
