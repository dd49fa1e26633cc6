// @ts-check
import { headerBytes } from './sizes.js';

/** @typedef {Array<[string, string | string[]]>} Headers */

const GUESSED_BYTES = 450;

/**
 * What the server sees of a plain request from here: nobody else knows the headers that a browser adds. Before that it makes
 * us somebody, or else the first requests of a new browser would each be another guest's, and a run is of one.
 *
 * @param {string} base
 * @returns {Promise<{headers: Headers, bytes: number}>} no headers and a guess, if the server does not say
 */
export async function requestFacts(base) {
  try {
    await fetch(new URL('api/me', base), { cache: 'no-store' });
    const response = await fetch(new URL('echo', base), { cache: 'no-store' });
    const { headers } = await response.json();
    const seen = /** @type {Headers} */ (Object.entries(headers));
    return { headers: seen, bytes: headerBytes(seen) };
  } catch {
    return { headers: [], bytes: GUESSED_BYTES };
  }
}
