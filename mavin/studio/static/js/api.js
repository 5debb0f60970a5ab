/** The studio's calls (see /api/openapi.json).  A refusal is a Problem, with what the server said of it. */

export class Problem extends Error {
  /** @param body the server's Problem object: {code, message, diagnostics, locks, clashes, film} */
  constructor(status, body) {
    super(body.message || `The studio answered with ${status}.`);
    this.status = status;
    this.code = body.code ?? "failure";
    this.diagnostics = body.diagnostics ?? [];
    this.locks = body.locks ?? [];
    this.clashes = body.clashes ?? [];
    this.film = body.film ?? null;
  }
}

async function call(method, path, body, options = {}) {
  const request = { method, credentials: "same-origin", ...options };
  if (body !== undefined) {
    request.body = body instanceof Blob ? body : JSON.stringify(body);
    request.headers = { "Content-Type": body instanceof Blob ? body.type || "application/octet-stream" : "application/json" };
  }
  let answer;
  try {
    answer = await fetch(path, request);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, {
      code: "offline",
      message: "The studio does not answer. Is `mavin studio` still running? What you typed is kept here.",
    });
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, data);
  return data;
}

const get = (path, options) => call("GET", path, undefined, options);
const post = (path, body, options) => call("POST", path, body, options);
const query = (values) => {
  const found = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return found.length ? `?${new URLSearchParams(found)}` : "";
};

export const film = () => get("/api/film");
export const vocabulary = () => get("/api/vocabulary");
export const check = (body, signal) => post("/api/check", body, { signal });
export const operate = (body) => post("/api/operations", body);
export const undo = (rev) => post("/api/undo", { rev });
export const redo = (rev) => post("/api/redo", { rev });
export const restore = (rev, to) => post("/api/restore", { rev, to: String(to) });
export const branch = (rev, name, at) => post("/api/branch", { rev, name, at });
export const switchTo = (rev, name) => post("/api/switch", { rev, name });
export const history = (limit = 200) => get(`/api/history${query({ limit })}`);
export const diff = (a, b) => get(`/api/diff${query({ a, b })}`);
export const instruct = (body, signal) => post("/api/instruction", body, { signal });
export const answer = (id, body) => post(`/api/proposals/${encodeURIComponent(id)}`, body);
export const preview = (body) => post("/api/preview", body);
export const render = (body) => post("/api/render", body);
export const jobs = () => get("/api/jobs");
export const cancel = (id) => call("DELETE", `/api/jobs/${encodeURIComponent(id)}`);
export const waveform = (media, points, signal) => get(`/api/waveform${query({ media, points })}`, { signal });
export const route = (clip) => get(`/api/route${query({ clip })}`);
export const exports = (clip) => get(`/api/export${query({ clip })}`);

export const exportUrl = (target, clip) => `/api/export/${encodeURIComponent(target)}${query({ clip })}`;
export const frameUrl = (shot, clip, rev, width = 320) =>
  `/api/shots/${encodeURIComponent(shot)}/frame.png${query({ clip, width, rev })}`;

/** Binds a file to a role, or to it in one shot alone. */
export const upload = (role, file, { rev, clip, shot }) =>
  call("PUT", `/api/roles/${encodeURIComponent(role)}/reference${query({ rev, clip, shot })}`, file);

export const referenceUrl = (role, suffix, { clip, shot, rev }) =>
  `/api/roles/${encodeURIComponent(role)}/reference.${suffix}${query({ clip, shot, rev, width: suffix === "png" ? 256 : null })}`;

/** Gives a line a recording of its own. */
export const record = (line, file, { rev, clip }) =>
  call("PUT", `/api/lines/${encodeURIComponent(line)}/recording${query({ rev, clip })}`, file);

export const recordingUrl = (line, { clip, rev }) => `/api/lines/${encodeURIComponent(line)}/recording.wav${query({ clip, rev })}`;
