// @ts-check
import { EventParser } from './events.js';
import { HttpTransport } from './http.js';

/**
 * Server-Sent Events. Read with `fetch`, not with `EventSource`, which hides what is needed here: the server's reasons
 * for a refusal, and the comments that show that a quiet line is alive.
 */
export class SseTransport extends HttpTransport {
  /**
   * @param {string} base
   * @param {import('./websocket.js').TransportListener} listener
   * @param {import('./http.js').Receive} [receive] over a stream of its own, or one that is shared between tabs
   */
  constructor(base, listener, receive = receiveEvents) {
    super(base, listener, receive);
  }
}

/** @type {import('./http.js').Receive} */
export async function receiveEvents(api, { room, after }, deliver) {
  return readEvents(await api.events(room, after), deliver);
}

/**
 * @param {Response} response
 * @param {(messages: any[]) => void} deliver nothing at a sign of life
 * @returns {Promise<{code: number, reason: string}>} at the stream's end
 */
export async function readEvents(response, deliver) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  let close = { code: 1006, reason: '' };
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const messages = parser.feed(decoder.decode(value, { stream: true })).flatMap((data) => JSON.parse(data));
    close = messages.find(({ type }) => type === 'bye') ?? close;
    deliver(messages);
  }
  return { code: close.code, reason: '' };
}
