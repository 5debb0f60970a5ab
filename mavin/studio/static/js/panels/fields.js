/**
 * Fields that show one value of the film and change it by an operation.
 *
 * What is typed is kept until it is saved or given up (Escape): edits of others, a reload, or another selection do
 * not lose it.  It is saved on the revision it was begun on, so that two people who change the same are asked.
 */

import { commit } from "../actions.js";
import { el, fill } from "../dom.js";
import { locks, savedClip } from "../film.js";
import { icon } from "../icons.js";
import { lockName, lockOn } from "../model.js";
import { get } from "../store.js";

const KEPT = "mavin.typed";

/** Key of a field → {value, rev, base}: what is typed and not saved, and what it was typed over. */
const typed = load();

function load() {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
  } catch {
    return new Map();
  }
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([...typed]));
  } catch {
    // Then it lasts as long as the page.
  }
}

/** A padlock for what a path names. */
export function padlock(path, words) {
  const button = el("button", { type: "button", class: "padlock", "data-lock": path });
  const draw = () => {
    const holder = lockOn(locks(), path);
    const name = holder && holder !== path ? ` (with ${lockName(holder)})` : "";
    button.setAttribute("aria-pressed", String(Boolean(holder)));
    button.setAttribute("aria-label", holder ? `Unlock ${words}${name}` : `Lock ${words}`);
    button.title = holder ? `Locked${name}: no edit changes it. Click to unlock.` : `Lock ${words}`;
    button.dataset.lock = holder ?? path;
    if (button.dataset.shown !== String(Boolean(holder))) {
      button.dataset.shown = String(Boolean(holder));
      fill(button, icon(holder ? "lock" : "unlock"));
    }
  };
  button.addEventListener("click", () => {
    const holder = lockOn(locks(), path);
    commit([holder ? { op: "unlock", path: holder } : { op: "lock", path }]);
  });
  draw();
  return { element: button, draw };
}

export class Field {
  /**
   * @param path     what it is about, as diagnostics and locks name it; also what its typing is kept under
   * @param label    its name
   * @param kind     "text", "area", "choice" or "check"
   * @param read     caption → the value as it is shown (a string, or a boolean for "check"), undefined where it is gone
   * @param write    what was typed → operations; throws an Error with a sentence where it cannot be read
   * @param options  of a choice: [[value, words]], or a function of the caption
   * @param lock     the path that its padlock locks, the path itself if left out, null for none
   */
  constructor({ path, label, kind = "text", read, write, options = null, lock = path, hint = "", rows = 2, wide = true }) {
    Object.assign(this, { path, label, kind, read, write, options });
    this.key = `${get().clip}|${path}`;
    this.input = this.makeInput(rows);
    this.input.dataset.path = path;
    this.problem = el("span", { class: "problem", role: "alert" });
    this.theirs = el("span", { class: "theirs", role: "status", hidden: true });
    this.lockedBy = lock;
    this.padlock = lock ? padlock(lock, label.toLowerCase()) : null;
    const name = el("span", { class: "label", text: label });
    const body = kind === "check" ? el("label", { class: "check" }, this.input, label) : el("label", {}, name, this.input);
    this.element = el("div", { class: `form-field ${kind} ${wide ? "" : "short"}` }, body, this.padlock?.element, hint ? el("span", { class: "quiet hint", text: hint }) : null, this.theirs, this.problem);
  }

  makeInput(rows) {
    const listeners = { onkeydown: (event) => this.key_(event), onblur: () => this.save() };
    if (this.kind === "choice") return el("select", { class: "field", onchange: () => this.choose(this.input.value) });
    if (this.kind === "check") return el("input", { type: "checkbox", onchange: () => this.choose(this.input.checked) });
    if (this.kind === "area") return el("textarea", { class: "field", rows, oninput: () => this.type(), ...listeners });
    return el("input", { class: "field", oninput: () => this.type(), spellcheck: false, ...listeners });
  }

  /** Shows the value of a caption, unless something is being typed. */
  draw(caption) {
    const saved = this.read(caption);
    if (saved === undefined) return;
    this.padlock?.draw();
    const locked = this.lockedBy && lockOn(locks(), this.lockedBy);
    if (this.kind === "choice") this.drawOptions(caption);
    this.input[this.kind === "choice" || this.kind === "check" ? "disabled" : "readOnly"] = Boolean(locked);
    this.element.classList.toggle("locked", Boolean(locked));
    const draft = typed.get(this.key);
    const value = draft ? draft.value : saved;
    const property = this.kind === "check" ? "checked" : "value";
    if (this.input[property] !== value) this.input[property] = value;
    this.drawTheirs(draft, saved);
  }

  drawOptions(caption) {
    const options = typeof this.options === "function" ? this.options(caption) : this.options;
    const wanted = JSON.stringify(options);
    if (this.input.dataset.options === wanted) return;
    this.input.dataset.options = wanted;
    fill(this.input, options.map(([value, text]) => el("option", { value, text })));
  }

  /** Says that somebody else has changed what is being typed over. */
  drawTheirs(draft, saved) {
    const changed = draft && saved !== draft.base;
    this.theirs.hidden = !changed;
    if (!changed) return;
    fill(
      this.theirs,
      el("span", { text: `Changed elsewhere to “${saved}”.` }),
      el("button", { type: "button", class: "button small", text: "Take theirs", onpointerdown: (event) => event.preventDefault(), onclick: () => this.forget() }),
    );
  }

  type() {
    const saved = this.read(savedClip().caption);
    const old = typed.get(this.key);
    if (this.input.value === saved && !old) return;
    typed.set(this.key, { value: this.input.value, rev: old?.rev ?? get().film.rev, base: old?.base ?? saved });
    keep();
    this.complain("");
  }

  key_(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.forget();
    } else if (event.key === "Enter" && !event.isComposing && (this.kind !== "area" || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.save();
    }
  }

  /** Gives up what was typed. */
  forget() {
    typed.delete(this.key);
    keep();
    this.complain("");
    this.draw(savedClip().caption);
  }

  /** Saves what was typed; where it is refused it stays, with the reason. */
  async save() {
    const draft = typed.get(this.key);
    if (!draft || this.saving) return;
    if (draft.value === draft.base) {
      this.forget();
      return;
    }
    await this.send(draft.value, draft.rev);
  }

  choose(value) {
    return this.send(value, get().film.rev);
  }

  async send(value, rev) {
    let operations;
    try {
      operations = this.write(value, savedClip().caption);
    } catch (error) {
      this.complain(error.message);
      return;
    }
    this.saving = true;
    const done = await commit(operations, { rev });
    this.saving = false;
    const draft = typed.get(this.key);
    if (done && (!draft || draft.value === value)) {
      typed.delete(this.key);
      keep();
    }
    this.complain(done ? "" : "Not saved.");
    this.draw(savedClip().caption);
  }

  complain(words) {
    this.problem.textContent = words;
    if (words) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }
}
