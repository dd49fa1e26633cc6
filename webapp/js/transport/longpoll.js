// @ts-check
import { HttpTransport } from './http.js';
import { begin, messagesOf, watchRoster } from './pages.js';

const WAIT_SECONDS = 25;

/** Long polling: the server keeps each request until it has something to tell, or for 25 s. */
export class LongPollTransport extends HttpTransport {
  /**
   * @param {string} base
   * @param {import('./websocket.js').TransportListener} listener
   */
  constructor(base, listener) {
    super(base, listener, receiveLongPolls);
  }
}

/** @type {import('./http.js').Receive} */
export async function receiveLongPolls(api, place, deliver) {
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
  for (let cursor = from; ; ) {
    const { page } = await api.since(room, cursor, WAIT_SECONDS);
    cursor = page?.cursor ?? cursor;
    deliver(messagesOf(room, page));
  }
}
