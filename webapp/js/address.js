// @ts-check

/**
 * The room stands in the query, `?room=lobby`: the path stays the application's own, so relative addresses hold under
 * any context path; and the fragment stays free for what fragments are for, like the link that skips to the composer.
 */

const HOME = 'lobby';

/** @returns {string} */
export function roomHere() {
  return (new URLSearchParams(location.search).get('room') ?? '').trim().normalize('NFC') || HOME;
}

/** @returns {string | null} the only transport to use, `?transport=sse` */
export function transportWished() {
  return new URLSearchParams(location.search).get('transport');
}

/** @param {string} room goes into the address and the history, unless it is there */
export function show(room) {
  if (room === roomHere()) return;
  const query = new URLSearchParams(location.search);
  query.set('room', room);
  history.pushState(null, '', `?${query}`);
}

/** @param {(room: string) => void} moved called when the reader went back or forth */
export function onMoved(moved) {
  addEventListener('popstate', () => moved(roomHere()));
}

/** @returns {string} the application's address, with the slash at its end */
export function base() {
  return new URL('./', document.baseURI).href;
}
