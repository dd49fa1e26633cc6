// @ts-check
import { Backoff, verdictOf } from '../reconnect.js';
import { Refused } from '../transport/api.js';
import { pause } from '../transport/pages.js';

/** @typedef {import('./readers.js').Place} Place */

const LOOK_MS = 250;

/** A line was given up because what was awaited did not come. */
class Silent extends Error {}

/** A WebSocket was closed. */
export class Closed extends Error {
  /** @param {number} code */
  constructor(code) {
    super(`close code ${code}`);
    this.code = code;
  }
}

/**
 * Reads until it is told to end, or the server says no for good: a line that broke, or fell silent while something was
 * awaited, is opened again at the cursor of what came last.
 *
 * @param {import('./readers.js').Read} read
 * @param {Place} place
 * @param {{ready: () => void, isOverdue: (since: number) => boolean}} run `isOverdue`: whether something that
 *   should have come on the line that was opened then did not
 * @returns {Promise<never>}
 */
export async function follow(read, place, { ready, isOverdue }) {
  const backoff = new Backoff();
  for (;;) {
    const trying = new AbortController();
    const end = () => trying.abort(place.signal.reason);
    place.signal.addEventListener('abort', end);
    const begun = performance.now();
    const watch = setInterval(() => isOverdue(begun) && trying.abort(new Silent('fell silent')), LOOK_MS);
    const came = place.meter.delays.size;
    try {
      place.signal.throwIfAborted();
      await read({ ...place, signal: trying.signal }, ready);
    } catch (error) {
      if (place.signal.aborted || isFinal(error)) throw error;
    } finally {
      clearInterval(watch);
      place.signal.removeEventListener('abort', end);
    }
    if (place.meter.delays.size > came) backoff.reset();
    place.meter.reopened++;
    await pause(backoff.next('backoff'), place.signal);
  }
}

/** @param {unknown} error */
function isFinal(error) {
  return (error instanceof Closed && verdictOf(error.code) === 'final') || (error instanceof Refused && !error.retry);
}
