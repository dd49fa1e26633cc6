// @ts-check

/** @typedef {import('./readers.js').Way} Way */

/** @type {Way[]} in the order in which they were invented */
export const WAYS = ['poll', 'longpoll', 'iframe', 'sse', 'websocket'];

/**
 * The way's colour, which is the style sheet's and so follows light and dark.
 *
 * @param {Way} way
 */
export function colourOf(way) {
  return styleOf(`--${way}`);
}

/** @param {string} property */
export function styleOf(property) {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim();
}
