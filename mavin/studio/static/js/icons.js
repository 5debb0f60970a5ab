/** Icons of our own, drawn on a 16 × 16 grid with a line of 1.5. */

import { svg } from "./dom.js";

const PATHS = {
  play: "M5 3.2v9.6L12.6 8z",
  pause: "M5 3.5v9M11 3.5v9",
  start: "M4 3.5v9M12.5 3.5 6.5 8l6 4.5z",
  end: "M12 3.5v9M3.5 3.5l6 4.5-6 4.5z",
  undo: "M6 3.5 2.8 6.7 6 9.9M3 6.7h6.5a3.4 3.4 0 0 1 0 6.8H7",
  redo: "M10 3.5l3.2 3.2L10 9.9M13 6.7H6.5a3.4 3.4 0 0 0 0 6.8H9",
  lock: "M4 7.5h8v5.5H4zM5.5 7.5V5.5a2.5 2.5 0 0 1 5 0v2",
  unlock: "M4 7.5h8v5.5H4zM5.5 7.5V5a2.5 2.5 0 0 1 4.8-.9",
  help: "M6 6.2a2 2 0 1 1 2.9 1.8c-.7.4-.9.8-.9 1.5M8 11.9v.1",
  light: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1",
  dark: "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z",
  auto: "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
  plus: "M8 3.5v9M3.5 8h9",
  minus: "M3.5 8h9",
  close: "M4 4l8 8M12 4l-8 8",
  fit: "M2.5 8h11M5 5.5 2.5 8 5 10.5M11 5.5 13.5 8 11 10.5",
  magnet: "M4 3v5a4 4 0 0 0 8 0V3M4 5.5h2.5M9.5 5.5H12M6.5 3v5a1.5 1.5 0 0 0 3 0V3M4 3h2.5M9.5 3H12",
  ripple: "M2.5 8h7M7 5l3 3-3 3M13.5 3.5v9",
  cut: "M8 2.5v11M5.5 5.5 8 8l2.5-2.5",
  split: "M8 2.5v11M6 8H2.5M4.5 6 2.5 8l2 2M10 8h3.5M11.5 6l2 2-2 2",
  trash: "M3.5 4.5h9M6.5 4.5v-1.5h3v1.5M4.8 4.5l.6 8.5h5.2l.6-8.5",
  copy: "M5.5 5.5h7v7h-7zM10 5.5V3.5H3.5V10h2",
  line: "M3 3.5h10v7H8l-2.5 2.5v-2.5H3z",
  sound: "M3 6.5v3h2.2L8.5 12.5v-9L5.2 6.5zM10.5 6a2.8 2.8 0 0 1 0 4M12.2 4.3a5.2 5.2 0 0 1 0 7.4",
  person: "M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3.5 13c.4-2.4 2.2-3.5 4.5-3.5s4.1 1.1 4.5 3.5",
  film: "M2.5 3.5h11v9h-11zM5.5 3.5v9M10.5 3.5v9M2.5 8h11M2.5 5.75h3M2.5 10.25h3M10.5 5.75h3M10.5 10.25h3",
  branch: "M5 4.5v7M5 11.5a0 0 0 0 1 0 0c0-3 6-2 6-5M11 6.5v-1M5 4.5a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4zM5 13.9a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4zM11 5.5a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4z",
  warn: "M8 2.8 14 13H2zM8 6.5v3M8 11.2v.1",
  error: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5.2v3.6M8 10.8v.1",
  info: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 7.4v3.4M8 5.2v.1",
  check: "M3.5 8.5l3 3 6-7",
  wand: "M3 13 10 6M11.5 2.5v2.4M10.3 3.7h2.4M13.3 7.2v1.6M12.5 8h1.6M6.5 2.7v1.6M5.7 3.5h1.6",
  export: "M8 10V2.8M5.2 5.5 8 2.7l2.8 2.8M3.5 9.5v3.5h9V9.5",
  menu: "M4 6.5 8 10.5l4-4",
  before: "M10 3.5 5.5 8l4.5 4.5",
  after: "M6 3.5 10.5 8 6 12.5",
};

/** An icon; it says nothing to a screen reader, whatever bears it has a label. */
export function icon(name) {
  const path = svg("path", { d: PATHS[name] });
  return svg("svg", { class: `icon icon-${name}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, path);
}
