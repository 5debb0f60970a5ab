/** Building elements.  Text is only ever set as text: nothing that a film holds can become markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with properties and children.
 *
 * `class`, `data-*`, `aria-*` and other attributes go in as attributes, `on*` as listeners, `value`, `checked`,
 * `disabled` and the like as properties; `null`, `undefined` and `false` leave an attribute away.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (name in element && !name.startsWith("aria") && name !== "list" && name !== "form") element[name] = value;
    else if (value !== false) element.setAttribute(name === "className" ? "class" : name, value === true ? "" : value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Replaces all children of an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An SVG element with attributes. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The element of an id, which the page is known to have. */
export function at(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page must have an element #${id}`);
  return element;
}

/** Whether a key press belongs to a field that text is typed into. */
export function isTyping(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=range], [type=radio])"));
}

/** Whether the person wants little motion. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
