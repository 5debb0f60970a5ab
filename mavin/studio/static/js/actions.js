/** Everything that changes the film goes through here, one after the other, on the revision it was thought out on. */

import { say, toast } from "./announce.js";
import * as api from "./api.js";
import { conflictDialog } from "./dialogs/conflict.js";
import { refresh, savedClip, take } from "./film.js";
import { get, set } from "./store.js";

let queue = Promise.resolve();

/** Runs a change when those before it are done, and answers whether it was made. */
function change(run) {
  const done = queue.then(run).catch((error) => {
    refused(error);
    return false;
  });
  queue = done.catch(() => {});
  return done;
}

/**
 * Makes operations, as one step of the history.
 *
 * @param operations what to do, as docs/editing.md names it
 * @param options.rev  the revision they were thought out on, the newest if left out
 * @param options.clip the clip, the shown one if left out
 * @returns whether they were made
 */
export function commit(operations, { rev, clip, quiet = false } = {}) {
  if (!operations.length) return Promise.resolve(true);
  return change(async () => {
    const body = { rev: rev ?? get().film.rev, clip: clip ?? get().clip, operations };
    let kept = null;
    const film = await settled((prefer) => {
      kept = prefer;
      return api.operate({ ...body, prefer });
    });
    if (!film) return false;
    take(film);
    if (kept) toast(kept === "mine" ? "Yours is kept." : "Theirs is kept.");
    else if (film.merged) toast("Somebody else has edited the film meanwhile. Your change was made on top of theirs.");
    if (!quiet) say(film.undo ? `Done: ${film.undo.words}` : "Done");
    return true;
  });
}

/** Sends a change; where somebody else has changed the same, asks which holds and sends it again. */
export async function settled(send) {
  try {
    return await send(null);
  } catch (error) {
    if (error.status !== 409 || !(error.clashes.length || error.film)) throw error;
    take(error.film);
    const prefer = await conflictDialog(error);
    return prefer ? send(prefer) : null;
  }
}

/** Runs any other call that answers with the film. */
export const changeBy = (call) =>
  change(async () => {
    const film = await call();
    if (film) take(film);
    return Boolean(film);
  });

/** Takes back the last step; those that are being saved first come before it. */
export const undo = () => step("undo", "Undone");

/** Makes again what was undone. */
export const redo = () => step("redo", "Redone");

const step = (which, done) =>
  change(async () => {
    const { film } = get();
    if (!film[which]) {
      say(`Nothing to ${which}`);
      return false;
    }
    const { words } = film[which];
    take(await api[which](film.rev));
    say(`${done}: ${words}`);
    return true;
  });

/** Locks or unlocks what a path names. */
export function toggleLock(path) {
  const locked = savedClip().locks.some((lock) => lock.path === path);
  return commit([{ op: locked ? "unlock" : "lock", path }]);
}

/** Shows why a change was not made. */
export function refused(error) {
  if (error.name === "AbortError") return;
  if (error.status === 423) {
    shake(error.locks);
    const first = error.locks[0];
    const actions = first ? [{ words: `Unlock ${first.name}`, run: () => commit([{ op: "unlock", path: first.path }]) }] : [];
    toast(error.message, "locked", actions);
    return;
  }
  if (error.status === 409) refresh();
  if (error.code === "offline") set({ online: false });
  toast(error.message, "error");
  if (!(error instanceof api.Problem)) throw error;
}

/** Shows which padlocks stand in the way. */
function shake(found) {
  for (const { path } of found) {
    for (const element of document.querySelectorAll(`[data-lock="${CSS.escape(path)}"]`)) {
      element.classList.remove("shaken");
      // The animation begins anew only after the element has been laid out without it.
      void element.offsetWidth;
      element.classList.add("shaken");
    }
  }
}
