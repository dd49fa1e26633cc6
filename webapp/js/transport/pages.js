// @ts-check

/** @typedef {import('./api.js').Api} Api */

const ROSTER_MS = 10_000;

/**
 * The beginning of a room that is asked for, not streamed. Asks once before it reads who is there, since asking is what
 * makes one present.
 *
 * @param {Api} api
 * @param {{room: string, after?: string}} place
 * @returns {Promise<{messages: any[], cursor: string, version: number}>} beginning with `joined`
 */
export async function begin(api, { room, after }) {
  const from = after ?? (await api.history(room, { limit: 1 })).cursor;
  const { page } = await api.since(room, from, 0);
  const roster = await api.members(room);
  const joined = { type: 'joined', room, cursor: from, ...roster };
  return { messages: [joined, ...messagesOf(room, page)], cursor: page?.cursor ?? from, version: roster.version };
}

/**
 * @param {string} room
 * @param {import('./api.js').Page | null} page
 * @returns {any[]} as a stream would have brought them
 */
export function messagesOf(room, page) {
  if (page === null) return [];
  const messages = page.messages.map((message) => ({ type: 'message', room, ...message }));
  return page.gap === undefined ? messages : [{ ...page.gap, type: 'gap', room }, ...messages];
}

/**
 * Tells who is there, whenever that has changed, until the line is ended.
 *
 * @param {Api} api
 * @param {string} room
 * @param {number} version that is known
 * @param {(messages: any[]) => void} deliver
 * @returns {Promise<never>}
 */
export async function watchRoster(api, room, version, deliver) {
  for (let known = version; ; ) {
    await pause(ROSTER_MS, api.signal);
    const roster = await api.members(room);
    if (roster.version !== known) deliver([{ type: 'presence', room, ...roster }]);
    known = roster.version;
  }
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal rejects
 * @returns {Promise<void>}
 */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
