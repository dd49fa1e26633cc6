// @ts-check
import { HttpTransport } from './http.js';
import { begin, messagesOf, pause, watchRoster } from './pages.js';

const EVERY_MS = 2_000;
/** Browsers let the timers of a page that has been out of sight for long run once a minute. */
const HIDDEN_SECONDS = 60;
/** So many messages in one answer: there may be more, and the next question does not wait. */
const LAGGING = 50;

/** Polling, every 2 s: the last resort, which passes wherever the page itself has passed. */
export class PollTransport extends HttpTransport {
  /**
   * @param {string} base
   * @param {import('./websocket.js').TransportListener} listener
   */
  constructor(base, listener) {
    super(base, listener, receivePolls, HIDDEN_SECONDS);
  }
}

/** @type {import('./http.js').Receive} */
export async function receivePolls(api, place, deliver) {
  const { messages, cursor, version } = await begin(api, place);
  deliver(messages);
  return Promise.race([readOn(api, place.room, cursor, deliver), watchRoster(api, place.room, version, deliver)]);
}

/**
 * @param {import('./api.js').Api} api
 * @param {string} room
 * @param {string} from
 * @param {(messages: any[]) => void} deliver
 * @returns {Promise<never>}
 */
async function readOn(api, room, from, deliver) {
  let cursor = from;
  for (let tag = /** @type {string | null} */ (null); ; ) {
    const { page, etag } = await api.since(room, cursor, 0, tag);
    if (page !== null && page.cursor !== cursor) {
      cursor = page.cursor;
      tag = null;
    } else {
      tag = etag ?? tag;
    }
    deliver(messagesOf(room, page));
    if ((page?.messages.length ?? 0) < LAGGING) await pause(EVERY_MS, api.signal);
  }
}
