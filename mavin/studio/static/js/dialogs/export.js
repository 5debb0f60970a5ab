/** Exporting: every format that there is, and what each of them cannot hold. */

import { refused } from "../actions.js";
import * as api from "../api.js";
import { el } from "../dom.js";
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

/** Shows the formats, each with its download. */
export async function exportDialog() {
  let found;
  try {
    found = await api.exports(get().clip);
  } catch (error) {
    refused(error);
    return;
  }
  const groups = KINDS.flatMap(([kind, words]) => {
    const targets = found.targets.filter((target) => target.kind === kind);
    return targets.length ? [el("h3", { text: words }), el("ul", { class: "targets" }, targets.map(row))] : [];
  });
  const videos = get().film.media.map((medium) =>
    el(
      "li",
      { class: "target" },
      el("div", {}, el("b", { text: medium.name }), el("span", { class: "quiet", text: medium.current ? "" : " of an earlier revision" })),
      el("a", { class: "button", href: medium.url, download: medium.name, "aria-label": `Download ${medium.name}` }, icon("export"), "Download"),
    ),
  );
  await dialog("Export", [...groups, videos.length ? el("h3", { text: "Videos" }) : null, el("ul", { class: "targets" }, videos)], [{ words: "Close", value: null, kind: "primary" }], { wide: true });
}

function row(target) {
  const about = el(
    "div",
    {},
    el("b", { text: target.title }),
    el("span", { class: "quiet mono", text: ` ${target.suffix}` }),
    el("p", { class: "quiet", text: target.about }),
    target.refused ? el("p", { class: "refusal", text: target.refused }) : losses(target.losses),
  );
  if (target.refused) return el("li", { class: "target" }, about);
  const href = api.exportUrl(target.name, get().clip);
  return el("li", { class: "target" }, about, el("a", { class: "button", href, download: "", "aria-label": `Download ${target.title}` }, icon("export"), "Download"));
}

function losses(words) {
  if (!words.length) return el("p", { class: "quiet", text: "Holds everything." });
  const list = el("ul", { class: "quiet" }, words.map((text) => el("li", { text })));
  return el("details", {}, el("summary", { class: "quiet", text: words.length === 1 ? "1 thing is not in it" : `${words.length} things are not in it as they are` }), list);
}
