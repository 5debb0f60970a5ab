/** What the details of a part are put together from: fields, headings, buttons, what is found about it. */

import { commit, toggleLock } from "../actions.js";
import { el, fill } from "../dom.js";
import { locks, savedClip, select } from "../film.js";
import { icon } from "../icons.js";
import { lockName, lockOn, selectionOf } from "../model.js";
import { parseTime, seconds } from "../time.js";
import { Field } from "./fields.js";

/** The details of one part: elements, and what is drawn anew when the film changes. */
export class Form {
  constructor() {
    this.element = el("div", { class: "form" });
    this.drawn = [];
  }

  add(...children) {
    this.element.append(...children.flat().filter(Boolean));
    return this;
  }

  /** An element that `draw(element, caption)` keeps true. */
  live(element, draw) {
    this.drawn.push((caption) => draw(element, caption));
    return element;
  }

  /** A field. */
  field(options) {
    const field = new Field(options);
    this.drawn.push((caption) => field.draw(caption));
    return field.element;
  }

  /** A field for a time in seconds; `write(ms)` gives operations, and `from` is what + and - count from. */
  time({ read, write, ...options }) {
    return this.field({
      ...options,
      wide: false,
      read: (caption) => {
        const ms = read(caption);
        return ms === undefined ? undefined : seconds(ms);
      },
      write: (text, caption) => {
        const ms = parseTime(text, read(caption));
        if (ms === null) throw new Error("Write a time like 2.5, 2.5 s, 60f (frames), 0:02:12, or +0.2 to add.");
        return ms === read(caption) ? [] : write(ms, caption);
      },
    });
  }

  draw(caption) {
    this.drawn.forEach((draw) => draw(caption));
  }
}

/** A heading with an icon, the part's padlock, and what it is called. */
export function heading(form, { name, words, path, title }) {
  const lock = el("button", { type: "button", class: "button small", "data-lock": path, onclick: () => toggle(path) });
  form.live(lock, (element) => {
    const holder = lockOn(locks(), path);
    fill(element, icon(holder ? "lock" : "unlock"), holder ? (holder === path ? "Locked" : `Locked with ${lockName(holder)}`) : "Lock");
    element.setAttribute("aria-pressed", String(Boolean(holder)));
    element.setAttribute("aria-label", holder ? `Unlock ${title}` : `Lock ${title}`);
    element.dataset.lock = holder ?? path;
  });
  const text = el("h2", { class: "part-name" }, icon(name), el("span", {}));
  form.live(text.lastElementChild, (element, caption) => {
    element.textContent = words(caption);
  });
  return el("header", { class: "part-head" }, text, lock);
}

function toggle(path) {
  const holder = lockOn(locks(), path);
  if (holder && holder !== path) commit([{ op: "unlock", path: holder }]);
  else toggleLock(path);
}

/** A row of buttons: [{words, icon, run, kind, title}]. */
export const buttons = (...found) =>
  el(
    "div",
    { class: "buttons" },
    found.filter(Boolean).map(({ words, icon: name, run, kind = "", title = "", disabled = false }) =>
      el("button", { type: "button", class: `button small ${kind}`, title, disabled, onclick: run }, name ? icon(name) : null, words),
    ),
  );

/** A group of fields beside each other. */
export const beside = (...children) => el("div", { class: "beside" }, children);

/** A part of the form with a heading. */
export const section = (title, ...children) => el("section", { class: "part" }, el("h3", { text: title }), children);

/** What is found about a part, each with its fixes. */
export function findings(form, concerns) {
  return form.live(el("ul", { class: "findings" }), (element) => {
    const mine = savedClip().diagnostics.filter((found) => concerns(found.path ?? ""));
    const wanted = JSON.stringify(mine);
    if (element.dataset.shown === wanted) return;
    element.dataset.shown = wanted;
    fill(element, mine.map(finding));
  });
}

/** One finding: its message, where it is, and what mends it with one click. */
export function finding(found, { where = false } = {}) {
  const name = { error: "error", warning: "warn", info: "info" }[found.severity];
  const selection = selectionOf(found.path ?? "");
  return el(
    "li",
    { class: `finding ${found.severity}` },
    icon(name),
    el(
      "div",
      {},
      el("span", { class: "sr", text: `${found.severity}: ` }),
      where && selection.id ? el("button", { type: "button", class: "chip", text: selection.id, onclick: () => select(selection.kind, selection.id) }) : null,
      el("span", { text: found.message }),
      found.fixes?.length ? el("div", { class: "buttons" }, [...new Map(found.fixes.map((each) => [each.words, each])).values()].map(fix)) : null,
    ),
  );
}

const fix = ({ words, operations }) =>
  el("button", { type: "button", class: "button small", onclick: () => commit(operations) }, icon("wand"), words);

/** A chip that selects a part. */
export const chip = (kind, id, words = id) => el("button", { type: "button", class: "chip", text: words, onclick: () => select(kind, id) });
