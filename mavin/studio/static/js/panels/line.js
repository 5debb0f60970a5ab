/** The details of a line of dialogue. */

import { changeBy, commit } from "../actions.js";
import * as api from "../api.js";
import { el, fill } from "../dom.js";
import { speechOf } from "../film.js";
import { nameOf, shotAt } from "../model.js";
import { get } from "../store.js";
import { interval, seconds } from "../time.js";
import { speakable } from "../timeline/hud.js";
import { beside, buttons, findings, Form, heading, section } from "./form.js";

/** What makes another form needed. */
export function lineKey(caption, id) {
  const line = caption.dialogue.find((each) => each.id === id);
  return [id, line.recording, caption.shots.map((shot) => shot.id), nextOf(caption, line)?.id].join("|");
}

/** The next line of the same role. */
const nextOf = (caption, line) =>
  caption.dialogue
    .filter((each) => each.role === line.role && each.start_ms >= line.end_ms && each.id !== line.id)
    .sort((a, b) => a.start_ms - b.start_ms)[0];

/** Builds the details. */
export function lineForm(caption, id) {
  const form = new Form();
  const path = `dialogue.${id}`;
  const line = (now) => now.dialogue.find((each) => each.id === id);
  const next = nextOf(caption, line(caption));
  const time = (field, label, read, write) => form.time({ path: `${path}.${field}`, label, lock: field === "length" ? null : `${path}.interval`, read, write });
  const revoice = (field, label, options) =>
    form.field({ path: `${path}.${field}`, label, wide: false, read: (now) => line(now)?.[field], write: (value) => [{ op: "revoice_line", line: id, [field]: value }], ...options });
  const retime = (now, changes) => [{ op: "retime_line", line: id, start_ms: line(now).start_ms, end_ms: line(now).end_ms, ...changes }];

  form.add(
    heading(form, {
      name: "line",
      title: id,
      path,
      words: (now) => (line(now) ? `${id} · ${nameOf(now, line(now).role)} · ${interval(line(now))}` : id),
    }),
    findings(form, (found) => found.startsWith(`${path}.`) || found === path),
    form.field({ path: `${path}.text`, label: "Words", kind: "area", read: (now) => line(now)?.text, write: (text) => [{ op: "reword_line", line: id, text }] }),
    meter(form, id),
    beside(
      time("start_ms", "From", (now) => line(now)?.start_ms, (ms, now) => retime(now, { start_ms: ms })),
      time("end_ms", "To", (now) => line(now)?.end_ms, (ms, now) => retime(now, { end_ms: ms })),
      time("length", "Length", (now) => line(now) && line(now).end_ms - line(now).start_ms, (ms, now) => retime(now, { end_ms: line(now).start_ms + ms })),
    ),
    beside(
      revoice("role", "Who speaks", { kind: "choice", options: (now) => now.roles.map((role) => [role.id, role.name]) }),
      form.field({
        path: `${path}.shot`,
        label: "Begins in",
        kind: "choice",
        wide: false,
        lock: null,
        options: (now) => now.shots.map((shot) => [shot.id, `${shot.id} ${shot.title}`]),
        read: (now) => line(now) && shotAt(now, line(now).start_ms).id,
        write: (shot) => [{ op: "move_line", line: id, shot }],
      }),
    ),
    beside(
      revoice("delivery", "How it is said", {
        write: (text) => [{ op: "set_text", path: `${path}.delivery`, text }],
      }),
      revoice("language", "Language"),
    ),
    revoice("on_screen", "The speaker is seen while speaking", { kind: "check", wide: true }),
    recording(form, caption, id),
    buttons(
      next && { words: `Merge with ${next.id}`, run: () => commit([{ op: "merge_lines", line: id, other: next.id }]) },
      { words: "Delete", icon: "trash", kind: "danger", run: () => commit([{ op: "delete_line", line: id }]) },
    ),
  );
  return form;
}

/** How the words fit their time: impossible, rushed, natural, and where the line is now. */
function meter(form, id) {
  const fast = el("i", { class: "impossible" });
  const rushed = el("i", { class: "rushed" });
  const natural = el("i", { class: "natural" });
  const needle = el("i", { class: "needle" });
  const words = el("span", {});
  const element = el("div", { class: "meter" }, el("div", { class: "scale", "aria-hidden": "true" }, fast, rushed, natural, needle), words);
  return form.live(element, () => {
    const speech = speechOf(id);
    if (!speech) return;
    const most = Math.max(speech.natural_ms * 1.6, speech.length_ms * 1.1, 1);
    const share = (ms) => `${(Math.min(ms, most) / most) * 100}%`;
    fast.style.width = share(speech.fastest_ms);
    rushed.style.left = share(speech.fastest_ms);
    rushed.style.width = share(speech.natural_ms - speech.fastest_ms);
    natural.style.left = share(speech.natural_ms);
    needle.style.left = share(speech.length_ms);
    element.dataset.zone = speech.zone;
    fill(words, el("b", { text: `${seconds(speech.length_ms)} s` }), ` ${speakable(speech)}`);
  });
}

/** A recording of the line: a player, and where one is dropped. */
function recording(form, caption, id) {
  const line = caption.dialogue.find((each) => each.id === id);
  const file = el("input", { type: "file", accept: "audio/*", class: "sr", id: `record-${id}`, onchange: () => send(file.files[0]) });
  const send = (found) => found && changeBy(() => api.record(id, found, { rev: get().film.rev, clip: get().clip }));
  const drop = el(
    "div",
    {
      class: "drop",
      ondragover: (event) => {
        event.preventDefault();
        drop.classList.add("over");
      },
      ondragleave: () => drop.classList.remove("over"),
      ondrop: (event) => {
        event.preventDefault();
        event.stopPropagation();
        drop.classList.remove("over");
        send(event.dataTransfer.files[0]);
      },
    },
    line.recording ? el("audio", { controls: true, preload: "none", src: api.recordingUrl(id, { clip: get().clip, rev: get().film.rev }) }) : null,
    el("label", { class: "button small", for: file.id }, line.recording ? "Another recording …" : "Choose a recording …"),
    file,
    line.recording
      ? el("button", { type: "button", class: "button small", text: "Remove", onclick: () => commit([{ op: "record_line", line: id, recording: null }]) })
      : el("span", { class: "quiet", text: "or drop one here: it is played instead of a synthetic voice." }),
  );
  return section("Recording", drop);
}
