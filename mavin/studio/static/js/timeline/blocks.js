/** Blocks, cuts and lanes as elements, kept from one drawing to the next so that focus and motion survive. */

import { el, fill } from "../dom.js";
import { icon } from "../icons.js";

/** A keyed set of elements inside one parent: made when first seen, kept while they last, removed when gone. */
export class Kept {
  constructor(parent) {
    this.parent = parent;
    this.elements = new Map();
  }

  /**
   * Draws `items`, in order.
   *
   * @param key    item → its key
   * @param make   item → a new element
   * @param update (element, item) → draws it
   */
  draw(items, key, make, update) {
    const gone = new Set(this.elements.keys());
    let last = null;
    for (const item of items) {
      const name = key(item);
      gone.delete(name);
      let element = this.elements.get(name);
      if (!element) {
        element = make(item);
        this.elements.set(name, element);
      }
      const next = last ? last.nextSibling : this.parent.firstChild;
      // An element that is moved loses its focus, so it is moved only where its place is wrong.
      if (element !== next || element.parentNode !== this.parent) this.parent.insertBefore(element, next);
      update(element, item);
      last = element;
    }
    for (const name of gone) {
      this.elements.get(name).remove();
      this.elements.delete(name);
    }
  }
}

/** A block of a lane: words between two edges that can be taken hold of. */
export function block(kind, id) {
  return el(
    "div",
    {
      class: `block ${kind}`,
      role: "button",
      tabIndex: 0,
      "data-kind": kind,
      "data-id": id,
      "aria-roledescription": kind,
      "aria-describedby": "timeline-keys",
    },
    kind === "shot" ? el("img", { class: "thumb", alt: "", draggable: false, loading: "lazy" }) : null,
    el("span", { class: "edge start", "data-grip": "start" }),
    el("span", { class: "words" }),
    el("span", { class: "marks" }),
    el("span", { class: "edge end", "data-grip": "end" }),
  );
}

/** Draws a block: its place, its words, its marks. */
export function drawBlock(element, { left, width, words, id, label, classes, marks, selected, lock }) {
  element.style.left = `${left}px`;
  element.style.width = `${Math.max(width, 4)}px`;
  const text = element.querySelector(".words");
  const shown = `${id}\n${words}`;
  if (text.dataset.shown !== shown) {
    text.dataset.shown = shown;
    fill(text, el("b", { class: "id", text: id }), ` ${words}`);
  }
  const wanted = marks.join(" ");
  const holder = element.querySelector(".marks");
  if (holder.dataset.shown !== wanted) {
    holder.dataset.shown = wanted;
    fill(holder, marks.map(icon));
  }
  for (const [name, on] of Object.entries(classes)) element.classList.toggle(name, Boolean(on));
  element.classList.toggle("narrow", width < 26);
  if (element.getAttribute("aria-label") !== label) element.setAttribute("aria-label", label);
  element.title = label;
  element.setAttribute("aria-pressed", String(selected));
  if (lock) element.dataset.lock = lock;
  else delete element.dataset.lock;
}

/** A cut, or the end of the clip: a slider over the whole height of the lanes. */
export function cut(kind, id) {
  return el(
    "div",
    {
      class: `cut ${kind}`,
      role: "slider",
      tabIndex: 0,
      "data-kind": kind,
      "data-id": id,
      "data-grip": "body",
      "aria-orientation": "horizontal",
      "aria-describedby": "timeline-keys",
    },
    el("span", { class: "grip" }),
    el("span", { class: "marks" }),
  );
}
