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
  const weights = row("Weights", choice((vocabulary?.weights ?? []).map((name) => [name, name])));
  const steps = row("Steps", el("input", { class: "field", type: "number", min: "1", max: "500", placeholder: "as the weights say" }));
  const drawNetwork = () => {
    weights.row.hidden = steps.row.hidden = renderer.field.value !== "mavin";
  };
  renderer.field.addEventListener("change", drawNetwork);
  drawNetwork();
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
    [renderer.row, weights.row, steps.row, part.row, format.row, seed.row, el("label", { class: "check" }, mute, "Without sound")],
    [
      { words: "Cancel", value: null },
      { words: "Render", value: "render", kind: "primary" },
    ],
    {
      submit: () => {
        const number = Number(seed.field.value);
        const many = Number(steps.field.value || 1);
        seed.complain("");
        steps.complain("");
        if (!Number.isInteger(number) || number < 0 || seed.field.value === "") seed.complain("A seed is a whole number, 0 or more.");
        else if (!Number.isInteger(many) || many < 1 || many > 500) steps.complain("Steps are a whole number from 1 to 500, or nothing.");
        else return number;
        return null;
      },
    },
  );
  if (answer === null) return;
  const what = part.field.value;
  startRender({
    renderer: renderer.field.value,
    ...(renderer.field.value === "mavin" ? { weights: weights.field.value || null, steps: Number(steps.field.value) || null } : {}),
    clip: what === "all" ? null : get().clip,
    shot: /^S\d/.test(what) ? what : null,
    format: format.field.value,
    mute: mute.checked,
    seed: answer,
  });
}
