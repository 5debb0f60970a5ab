/** The details of a shot, and of the cut to it. */

import { commit } from "../actions.js";
import { el, fill } from "../dom.js";
import { caption as shown } from "../film.js";
import { startPreview } from "../jobs.js";
import { ANGLES, linesIn, MOVEMENTS, nameOf, SIZES, words } from "../model.js";
import { get } from "../store.js";
import { interval } from "../time.js";
import { beside, buttons, chip, findings, Form, heading, section } from "./form.js";
import { referenceDrop } from "./references.js";

const named = (values) => values.map((value) => [value, words(value)]);

/** What makes another form needed: the cast, the shot's place, who is in it, whether it has neighbours. */
export function shotKey(caption, id) {
  const shot = caption.shots.find((each) => each.id === id);
  return [caption.shots.map((each) => each.id), caption.roles.map((role) => role.id), shot.roles].join("|");
}

/** Builds the details. */
export function shotForm(caption, id) {
  const form = new Form();
  const path = `shots.${id}`;
  const shot = (now) => now.shots.find((each) => each.id === id);
  const index = caption.shots.findIndex((each) => each.id === id);
  const [before, behind] = [caption.shots[index - 1], caption.shots[index + 1]];
  const text = (field, label, kind = "area") =>
    form.field({
      path: `${path}.${field}`,
      label,
      kind,
      read: (now) => field.split(".").reduce((part, step) => part?.[step], shot(now)),
      write: (value) => [{ op: "set_text", path: `${path}.${field}`, text: value }],
    });
  const camera = (field, label, values) =>
    form.field({
      path: `${path}.camera.${field}`,
      label,
      kind: "choice",
      wide: false,
      options: named(values),
      read: (now) => shot(now)?.camera[field],
      write: (value) => [{ op: "set_camera", shot: id, [field]: value }],
    });

  form.add(
    heading(form, { name: "film", title: id, path, words: (now) => (shot(now) ? `Shot ${id} · ${interval(shot(now))}` : id) }),
    findings(form, (found) => found.includes(`shots.${id}`) || found === `cuts.${id}`),
    text("title", "Title", "text"),
    beside(
      before
        ? form.time({
            path: `${path}.start_ms`,
            label: "Cut to it at",
            lock: `cuts.${id}`,
            read: (now) => shot(now)?.start_ms,
            write: (ms) => [{ op: "move_cut", shot: id, to_ms: ms, mode: get().ripple ? "ripple" : "roll" }],
          })
        : null,
      form.time({
        path: `${path}.length`,
        label: "Length",
        lock: null,
        read: (now) => shot(now) && shot(now).end_ms - shot(now).start_ms,
        write: (ms) => [{ op: "stretch_shot", shot: id, length_ms: ms, mode: get().ripple || !(before || behind) ? "ripple" : "hold" }],
      }),
    ),
    text("action", "What happens"),
    text("setting", "Setting"),
    section(
      "Camera",
      beside(camera("size", "Size", SIZES), camera("angle", "Angle", ANGLES), camera("movement", "Movement", MOVEMENTS)),
      text("camera.note", "Note", "text"),
    ),
    section("In the picture", presence(form, caption, id), looks(form, caption, id)),
    section("Heard", heard(form, id)),
    buttons(
      { words: "Preview this shot", icon: "play", run: () => startPreview({ shot: id }) },
      before && { words: "Earlier", icon: "before", title: "Before the shot that precedes it", run: () => reorder(id, -1) },
      behind && { words: "Later", icon: "after", title: "Behind the shot that follows it", run: () => reorder(id, 1) },
      behind && { words: `Merge with ${behind.id}`, run: () => commit([{ op: "merge_shots", shot: id, other: behind.id }]) },
      { words: "Duplicate with its lines", icon: "copy", run: () => commit([{ op: "duplicate_shot", shot: id, lines: true }]) },
      caption.shots.length > 1 && { words: "Delete with its time", icon: "trash", kind: "danger", run: () => commit([{ op: "delete_shot", shot: id, time: "ripple" }]) },
    ),
  );
  return form;
}

function reorder(id, step) {
  const order = shown().shots.map((shot) => shot.id);
  const index = order.indexOf(id);
  order.splice(index, 1);
  order.splice(index + step, 0, id);
  return commit([{ op: "reorder_shots", order }]);
}

/** Who is seen, as a check box each. */
function presence(form, caption, id) {
  const shot = (now) => now.shots.find((each) => each.id === id);
  return el(
    "div",
    { class: "checks" },
    caption.roles.map((role) =>
      form.field({
        path: `shots.${id}.roles.${role.id}`,
        label: nameOf(caption, role.id),
        kind: "check",
        lock: null,
        read: (now) => shot(now)?.roles.includes(role.id),
        write: (seen, now) => [
          { op: "set_presence", shot: id, roles: now.roles.map((each) => each.id).filter((each) => (each === role.id ? seen : shot(now).roles.includes(each))) },
        ],
      }),
    ),
  );
}

/** How those in the picture look and sound in this shot alone. */
function looks(form, caption, id) {
  const shot = caption.shots.find((each) => each.id === id);
  return shot.roles.map((role) => {
    const look = (now) => now.shots.find((each) => each.id === id)?.overrides.find((each) => each.role === role);
    const text = (field, label) =>
      form.field({
        path: `shots.${id}.overrides.${role}.${field}`,
        label,
        kind: "area",
        rows: 1,
        lock: null,
        hint: "",
        read: (now) => look(now)?.[field] ?? "",
        write: (value) => [value.trim() ? { op: "set_override", role, shot: id, [field]: value } : { op: "set_override", role, shot: id, clear: [field] }],
      });
    const other = look(caption);
    return el(
      "details",
      { class: "look", open: Boolean(other) },
      el("summary", { text: `${nameOf(caption, role)}: another look or voice in this shot` }),
      text("appearance", "Looks here"),
      text("voice", "Voice here"),
      referenceDrop(form, role, id),
    );
  });
}

/** The lines and sounds of the shot. */
function heard(form, id) {
  return form.live(el("p", { class: "chips" }), (element, now) => {
    const shot = now.shots.find((each) => each.id === id);
    if (!shot) return;
    const lines = linesIn(now, shot).map((line) => chip("line", line.id, `${line.id} ${nameOf(now, line.role)}: ${line.text}`));
    const sounds = shot.sounds.map((sound) => chip("sound", sound.id, `${sound.id} ${sound.text}`));
    fill(element, lines, sounds, lines.length + sounds.length ? null : el("span", { class: "quiet", text: "Nothing but the ambience." }));
  });
}

/** The details of a cut: when it is, and how it moves. */
export function cutForm(caption, id) {
  const form = new Form();
  const index = caption.shots.findIndex((shot) => shot.id === id);
  const before = caption.shots[index - 1];
  const shot = (now) => now.shots.find((each) => each.id === id);
  const at = (mode, label) =>
    form.time({
      path: `cuts.${id}.${mode}`,
      label,
      lock: null,
      read: (now) => shot(now)?.start_ms,
      write: (ms) => [{ op: "move_cut", shot: id, to_ms: ms, mode }],
    });
  form.add(
    heading(form, { name: "cut", title: `the cut to ${id}`, path: `cuts.${id}`, words: () => `Cut from ${before?.id} to ${id}` }),
    findings(form, (found) => found === `cuts.${id}` || found === `shots.${id}.start_ms`),
    beside(at("roll", "Roll to"), at("ripple", "Ripple to")),
    el("p", { class: "quiet", text: `A roll changes only ${before?.id} and ${id}; lines and sounds stay where they are. A ripple shifts all that follows, and the clip's length changes.` }),
    el("p", { class: "chips" }, chip("shot", before?.id), chip("shot", id)),
    buttons({ words: `Merge ${before?.id} and ${id}`, icon: "trash", run: () => commit([{ op: "merge_shots", shot: before.id, other: id }]) }),
  );
  return form;
}
