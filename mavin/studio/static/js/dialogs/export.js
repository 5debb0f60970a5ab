/** Exporting: every format that there is, and what each of them cannot hold. */

import { refused } from "../actions.js";
import * as api from "../api.js";
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { get } from "../store.js";
import { dialog } from "./dialog.js";

const KINDS = [
  ["script", "The script"],
  ["subtitles", "Subtitles"],
  ["editing", "For editing programs"],
  ["paper", "To print"],
  ["model", "Prompts for video models"],
];

/** Shows the formats, each with its download; what each cannot hold is worked out while the dialog is open. */
export async function exportDialog() {
  const content = el("div", { class: "formats", "aria-busy": "true" }, el("p", { class: "quiet", role: "status", text: "Working out what each format can hold …" }));
  const closed = dialog("Export", content, [{ words: "Close", value: null, kind: "primary" }], { wide: true });
  try {
    const found = await api.exports(get().clip);
    fill(content, ...formats(found.targets), ...videos());
  } catch (error) {
    fill(content, el("p", { class: "refusal", role: "alert", text: "The formats cannot be listed." }));
    refused(error);
  }
  content.removeAttribute("aria-busy");
  await closed;
}

function formats(targets) {
  return KINDS.flatMap(([kind, words]) => {
    const found = targets.filter((target) => target.kind === kind);
    return found.length ? [el("h3", { text: words }), el("ul", { class: "targets" }, found.map(row))] : [];
  });
}

function videos() {
  const found = get().film.media.map((medium) =>
    el(
      "li",
      { class: "target" },
      el("div", {}, el("b", { text: medium.name }), el("span", { class: "quiet", text: medium.current ? "" : " of an earlier revision" })),
      el("a", { class: "button", href: medium.url, download: medium.name, "aria-label": `Download ${medium.name}` }, icon("export"), "Download"),
    ),
  );
  return found.length ? [el("h3", { text: "Videos" }), el("ul", { class: "targets" }, found)] : [];
}

function row(target) {
  const about = el(
    "div",
    {},
    el("b", { text: target.title }),
    el("span", { class: "quiet mono", text: ` ${target.suffix}` }),
    el("p", { class: "quiet", text: target.about }),
    target.refused ? el("p", { class: "refusal", text: target.refused }) : target.is_general ? null : losses(target.losses),
  );
  if (target.refused) return el("li", { class: "target" }, about);
  const href = api.exportUrl(target.name, get().clip);
  return el("li", { class: "target" }, about, el("a", { class: "button", href, download: "", "aria-label": `Download ${target.title}` }, icon("export"), "Download"));
}

function losses(words) {
  if (!words.length) return el("p", { class: "quiet", text: "Holds everything." });
  const list = el("ul", { class: "quiet losses" }, words.map((text) => el("li", { text })));
  return el("details", {}, el("summary", { class: "quiet", text: "What it does not hold as it is" }), list);
}
