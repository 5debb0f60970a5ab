/** Rendering: which renderer, what of the film, and how it is saved. */

import { el } from "../dom.js";
import { startRender } from "../jobs.js";
import { caption } from "../film.js";
import { get } from "../store.js";
import { dialog, row } from "./dialog.js";

const FORMATS = [
  ["mp4", "MP4 (H.264, AAC)"],
  ["webm", "WebM"],
  ["gif", "GIF (no sound)"],
];

const choice = (options) => el("select", { class: "field" }, options.map(([value, text]) => el("option", { value, text })));

/** Asks and starts. */
export async function renderDialog() {
  const { film, vocabulary } = get();
  const renderer = row("Renderer", choice((vocabulary?.renderers ?? ["stage"]).map((name) => [name, name])), "stage draws a previz in seconds; mavin is the network.");
  const parts = [
    ...(film.clips.length > 1 ? [["all", "The whole film"]] : []),
    ["clip", film.clips.length > 1 ? `The clip ${get().clip}` : "The whole film"],
    ...caption().shots.map((shot) => [shot.id, `Only ${shot.id} ${shot.title}`]),
  ];
  const part = row("What", choice(parts));
  const format = row("File", choice(FORMATS));
  const seed = row("Seed", el("input", { class: "field", type: "number", min: "0", value: "0" }));
  const mute = el("input", { type: "checkbox" });
  const answer = await dialog(
    "Render",
    [renderer.row, part.row, format.row, seed.row, el("label", { class: "check" }, mute, "Without sound")],
    [
      { words: "Cancel", value: null },
      { words: "Render", value: "render", kind: "primary" },
    ],
    {
      submit: () => {
        const number = Number(seed.field.value);
        if (Number.isInteger(number) && number >= 0 && seed.field.value !== "") return number;
        seed.complain("A seed is a whole number, 0 or more.");
        return null;
      },
    },
  );
  if (answer === null) return;
  const what = part.field.value;
  startRender({
    renderer: renderer.field.value,
    clip: what === "all" ? null : get().clip,
    shot: /^S\d/.test(what) ? what : null,
    format: format.field.value,
    mute: mute.checked,
    seed: answer,
  });
}
