// @ts-check
import { Api } from '../transport/api.js';
import { EventParser } from '../transport/events.js';
import { pause } from '../transport/pages.js';
import { Closed } from './follow.js';
import { bytesOf, frameBytes, handshakeBytes } from './sizes.js';
import { metered } from './metered.js';

/**
 * Five ways to read on in the same room from the same cursor, bare: what the chat page does beyond that, like asking
 * who is there, would blur the counts.
 *
 * @typedef {'poll' | 'longpoll' | 'sse' | 'iframe' | 'websocket'} Way
 *
 * @typedef {object} Place
 * @property {string} base the application's address
 * @property {string} room
 * @property {string} after the cursor to read on from
 * @property {string} tag by which the server counts
 * @property {number} everyMs between two polls
 * @property {number} usual bytes of the headers that the browser adds
 * @property {import('./meter.js').Meter} meter
 * @property {(message: any) => void} received
 * @property {AbortSignal} signal ends it
 *
 * Resolves with what ends by itself only when it went wrong.
 * @typedef {(place: Place, ready: () => void) => Promise<void>} Read
 */

const WAIT_SECONDS = 25;
const SCRIPT_BYTES = bytesOf('<script nonce="0123456789abcdefghijklmn">parent.lab()</script>\n');
/** The document's headers and its padding. */
const OPENING_BYTES = 1_700;

/** @type {Record<Way, Read>} */
export const READERS = {
  poll: (place, ready) => ask(place, 0, ready),
  longpoll: (place, ready) => ask(place, WAIT_SECONDS, ready),
  sse: readEvents,
  iframe: readFrame,
  websocket: readSocket,
};

/** @param {Place} place */
function apiOf({ base, signal, meter, usual, tag }) {
  return new Api(base, signal, metered(meter, usual, tag));
}

/**
 * @param {Place} place
 * @param {number} waitSeconds
 * @param {() => void} ready
 */
async function ask(place, waitSeconds, ready) {
  const api = apiOf(place);
  let cursor = place.after;
  let tag = /** @type {string | null} */ (null);
  for (ready(); ; ) {
    const { page, etag } = await api.since(place.room, cursor, waitSeconds, waitSeconds === 0 ? tag : null);
    tag = page?.cursor === cursor ? etag : page === null ? tag : null;
    cursor = page?.cursor ?? cursor;
    for (const message of page?.messages ?? []) place.received(message);
    if (waitSeconds === 0) await pause(place.everyMs, place.signal);
  }
}

/**
 * @param {Place} place
 * @param {() => void} ready
 */
async function readEvents(place, ready) {
  const response = await apiOf(place).events(place.room, place.after);
  ready();
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    for (const data of parser.feed(decoder.decode(value, { stream: true }))) place.received(JSON.parse(data));
  }
  throw new Error('the stream ended');
}

/**
 * The bytes are put together again from what the scripts handed over.
 *
 * @param {Place} place
 * @param {() => void} ready
 */
function readFrame({ base, room, after, tag, meter, usual, received, signal }, ready) {
  const url = new URL(`api/rooms/${encodeURIComponent(room)}/frame`, base);
  url.search = String(new URLSearchParams({ callback: 'parent.lab', after, lab: tag }));
  const frame = document.createElement('iframe');
  frame.className = 'hidden';
  frame.title = 'stream';
  frame.src = url.href;
  const end = meter.begin(bytesOf(`GET ${url.pathname}${url.search} HTTP/1.1\r\n`) + usual + 2);
  meter.down += OPENING_BYTES;
  return new Promise((_, reject) => {
    const stop = (/** @type {unknown} */ reason) => {
      end();
      frame.remove();
      Reflect.deleteProperty(window, 'lab');
      reject(reason);
    };
    Reflect.set(window, 'lab', (/** @type {any} */ message) => {
      meter.down += SCRIPT_BYTES + bytesOf(JSON.stringify(message));
      if (message.type === 'joined') ready();
      received(message);
    });
    frame.onload = () => stop(new Error('the stream ended'));
    signal.addEventListener('abort', () => stop(signal.reason));
    document.body.append(frame);
  });
}

/**
 * @param {Place} place
 * @param {() => void} ready
 */
function readSocket({ base, room, after, tag, meter, usual, received, signal }, ready) {
  const url = new URL(`chat?lab=${tag}`, base);
  const handshake = handshakeBytes(url, usual);
  const socket = new WebSocket(url.href.replace(/^http/, 'ws'), 'parley.v1.json');
  socket.binaryType = 'arraybuffer';
  const end = meter.begin(handshake.up);
  const send = (/** @type {object} */ message) => {
    const text = JSON.stringify(message);
    meter.up += frameBytes(bytesOf(text), true);
    socket.send(text);
  };
  return new Promise((_, reject) => {
    socket.onopen = () => {
      meter.down += handshake.down;
      send({ type: 'hello', frames: 'binary', rooms: [{ room, after }] });
    };
    socket.onmessage = ({ data }) => {
      meter.down += frameBytes(data.byteLength ?? bytesOf(data), false);
      for (const message of [JSON.parse(typeof data === 'string' ? data : new TextDecoder().decode(data))].flat()) {
        if (message.type === 'ping') send({ type: 'pong' });
        if (message.type === 'joined') ready();
        received(message);
      }
    };
    socket.onclose = ({ code }) => {
      end();
      reject(new Closed(code));
    };
    signal.addEventListener('abort', () => {
      end();
      socket.onmessage = socket.onclose = null;
      socket.close(1000);
      reject(signal.reason);
    });
  });
}
