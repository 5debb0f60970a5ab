/** Exporting: every format that there is, and what each of them cannot hold. */

import { refused } from "../actions.js";
import * as api from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { get } from "../store.js";
import { dialog } from "./dialog.js";

/** Shows the formats, each with its download. */
export async function exportDialog() {
  let found;
  try {
    found = await api.exports();
  } catch (error) {
    refused(error);
    return;
  }
  const list = found.targets.map((target) =>
    el(
      "li",
      { class: "target" },
      el("div", {}, el("b", { text: target.title }), el("span", { class: "quiet mono", text: ` ${target.suffix}` }), losses(target.losses)),
      el("a", { class: "button", href: api.exportUrl(target.name, get().clip), download: "", "aria-label": `Download ${target.title}` }, icon("export"), "Download"),
    ),
  );
  const videos = get().film.media.map((medium) =>
    el(
      "li",
      { class: "target" },
      el("div", {}, el("b", { text: medium.name }), el("span", { class: "quiet", text: medium.current ? "" : " of an earlier revision" })),
      el("a", { class: "button", href: medium.url, download: medium.name, "aria-label": `Download ${medium.name}` }, icon("export"), "Download"),
    ),
  );
  await dialog("Export", [el("ul", { class: "targets" }, list), videos.length ? el("h3", { text: "Videos" }) : null, el("ul", { class: "targets" }, videos)], [{ words: "Close", value: null, kind: "primary" }], { wide: true });
}

function losses(words) {
  if (!words.length) return el("p", { class: "quiet", text: "Holds everything." });
  return el("ul", { class: "quiet" }, words.map((text) => el("li", { text })));
}
