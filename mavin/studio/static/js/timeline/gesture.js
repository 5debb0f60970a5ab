/**
 * A change under the hand: drawn at once where it is, judged by the server (POST /api/check) as it goes, saved when
 * it is let go.
 *
 *   drag, nudge ──operations──▶ draft ──check──▶ what it would be, or why not
 *                                 └──────commit──▶ one step of the history
 */

import { commit } from "../actions.js";
import * as api from "../api.js";
import { get, set } from "../store.js";

let wanted = null;
let asking = false;

/**
 * Shows operations that are not made yet.
 *
 * @param moving "line:L1" → {start_ms, end_ms, role}: where the parts under the hand are drawn meanwhile
 * @param hint   {ms, magnet}: what the edge is held by, or null
 */
export function propose(operations, moving, hint = null) {
  const old = get().draft;
  const rev = old?.rev ?? get().film.rev;
  set({ draft: { clip: null, ok: null, problems: [], locks: [], ...old, rev, operations, moving, hint } });
  wanted = operations;
  ask();
}

async function ask() {
  if (asking) return;
  asking = true;
  try {
    while (wanted) {
      const operations = wanted;
      wanted = null;
      if (!get().draft || !operations.length) continue;
      const answer = await api.check({ rev: get().film.rev, clip: get().clip, operations }).catch(() => null);
      const { draft } = get();
      if (!draft || !answer) continue;
      set({
        draft: { ...draft, clip: answer.clip ?? draft.clip, ok: answer.ok, problems: answer.diagnostics, locks: answer.locks },
      });
    }
  } finally {
    asking = false;
  }
}

/** Saves what is shown; it stays drawn until the film has come back. */
export async function settle() {
  const { draft } = get();
  if (!draft) return true;
  wanted = null;
  const done = await commit(draft.operations, { rev: draft.rev });
  if (get().draft?.operations === draft.operations) set({ draft: null });
  return done;
}

/** Drops what is shown. */
export function drop() {
  wanted = null;
  set({ draft: null });
}
