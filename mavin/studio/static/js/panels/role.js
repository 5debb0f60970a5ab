/** The details of a role: name, looks, voice, references, where it is seen, what it says. */

import { commit } from "../actions.js";
import { el, fill } from "../dom.js";
import { buttons, chip, findings, Form, heading, section } from "./form.js";
import { referenceDrop } from "./references.js";

/** What makes another form needed. */
export const roleKey = (caption) => [caption.roles.map((role) => role.id), caption.shots.map((shot) => shot.id)].join("|");

/** Builds the details. */
export function roleForm(caption, id) {
  const form = new Form();
  const path = `roles.${id}`;
  const role = (now) => now.roles.find((each) => each.id === id);
  const text = (field, label) =>
    form.field({ path: `${path}.${field}`, label, kind: "area", read: (now) => role(now)?.[field], write: (value) => [{ op: "set_text", path: `${path}.${field}`, text: value }] });
  const others = caption.roles.filter((each) => each.id !== id);
  const into = el("select", { class: "field compact", "aria-label": "Merge into" }, others.map((each) => el("option", { value: each.id, text: each.name })));
  form.add(
    heading(form, { name: "person", title: role(caption).name, path, words: (now) => `${role(now)?.name ?? ""} · ${id}` }),
    findings(form, (found) => found.startsWith(`${path}.`) || found === path),
    form.field({ path: `${path}.name`, label: "Name", read: (now) => role(now)?.name, write: (name) => [{ op: "rename_role", role: id, name }] }),
    text("appearance", "Looks"),
    text("voice", "Voice"),
    section("References", el("p", { class: "quiet", text: "A picture and a voice of this character's own." }), referenceDrop(form, id)),
    section(
      "Seen in",
      el(
        "div",
        { class: "checks" },
        caption.shots.map((shot) =>
          form.field({
            path: `${path}.seen.${shot.id}`,
            label: shot.id,
            kind: "check",
            lock: null,
            read: (now) => now.shots.find((each) => each.id === shot.id)?.roles.includes(id),
            write: (seen, now) => {
              const there = now.shots.find((each) => each.id === shot.id).roles;
              return [{ op: "set_presence", shot: shot.id, roles: now.roles.map((each) => each.id).filter((each) => (each === id ? seen : there.includes(each))) }];
            },
          }),
        ),
      ),
      el("p", { class: "quiet", text: "Another look or voice in one shot: in that shot's details." }),
    ),
    section(
      "Says",
      form.live(el("p", { class: "chips" }), (element, now) => {
        const lines = now.dialogue.filter((line) => line.role === id);
        fill(element, lines.map((line) => chip("line", line.id, `${line.id} ${line.text}`)), lines.length ? null : el("span", { class: "quiet", text: "Nothing." }));
      }),
    ),
    others.length
      ? el("div", { class: "buttons" }, el("button", { type: "button", class: "button small", text: "Merge into", onclick: () => commit([{ op: "merge_roles", role: id, into: into.value }]) }), into)
      : null,
    buttons(
      { words: "Remove", icon: "trash", kind: "danger", title: "Refused while the role speaks", run: () => commit([{ op: "remove_role", role: id }]) },
      { words: "Remove with its lines", kind: "danger", run: () => commit([{ op: "remove_role", role: id, lines: "delete" }]) },
    ),
  );
  return form;
}
