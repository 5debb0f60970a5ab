/** A button with a list under it. */

import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

/**
 * A menu.
 *
 * @param button {words, icon, side, title, class}
 * @param items  () → [{words, icon, hint, run, possible, keys} or an element], asked for whenever it opens
 */
export function menu({ words, icon: name, side = "right", title = words, kind = "" }, items) {
  const list = el("div", { class: `menu-list ${side}`, role: "menu", hidden: true, "aria-label": title });
  const button = el(
    "button",
    { type: "button", class: `button ${kind}`, "aria-haspopup": "menu", "aria-expanded": "false", title },
    name ? icon(name) : null,
    words,
    icon("menu"),
  );
  const holder = el("div", { class: "menu" }, button, list);

  const close = (back) => {
    if (list.hidden) return;
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  };
  const open = async () => {
    fill(list, (await items()).map((item) => (item instanceof Node ? item : entry(item, close))));
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    const { right, left } = list.getBoundingClientRect();
    list.classList.toggle("left", side === "left" ? right <= innerWidth : left < 0);
    list.querySelector("button:not(:disabled)")?.focus();
  };
  button.addEventListener("click", () => (list.hidden ? open() : close(true)));
  holder.addEventListener("keydown", (event) => {
    if (list.hidden) {
      if (event.key === "ArrowDown" && event.target === button) {
        event.preventDefault();
        open();
      }
      return;
    }
    event.stopPropagation();
    const buttons = [...list.querySelectorAll("button:not(:disabled)")];
    const index = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close(true);
    else if (step) buttons.at((index + step) % buttons.length)?.focus();
    else return;
    event.preventDefault();
  });
  holder.addEventListener("focusout", (event) => !holder.contains(event.relatedTarget) && close(false));
  return holder;
}

function entry(item, close) {
  return el(
    "button",
    {
      type: "button",
      class: "menu-item",
      role: item.checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      disabled: item.possible ? !item.possible() : false,
      title: item.title ?? "",
      onclick: () => {
        close(true);
        item.run();
      },
    },
    item.icon ? icon(item.icon) : null,
    item.words,
    el("span", { class: "hint", text: item.hint ?? item.keys?.[0] ?? "" }),
  );
}
