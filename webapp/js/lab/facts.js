// @ts-check
import { headerBytes } from './sizes.js';

/** @typedef {Array<[string, string | string[]]>} Headers */

const GUESSED_BYTES = 450;

/**
 * What the server sees of a plain request from here: nobody else knows the headers that a browser adds.
 *
 * @param {string} base
 * @returns {Promise<{headers: Headers, bytes: number}>} no headers and a guess, if the server does not say
 */
export async function requestFacts(base) {
  try {
    const response = await fetch(new URL('echo', base), { cache: 'no-store' });
    const { headers } = await response.json();
    const seen = /** @type {Headers} */ (Object.entries(headers));
    return { headers: seen, bytes: headerBytes(seen) };
  } catch {
    return { headers: [], bytes: GUESSED_BYTES };
  }
}
