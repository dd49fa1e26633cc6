// @ts-check
import { Api, Refused } from './api.js';

/** @typedef {import('./websocket.js').Transport} Transport */
/** @typedef {import('./websocket.js').TransportListener} TransportListener */

/**
 * One way to read on in a room: hands over `joined` and all that follows, nothing at a sign of life; settles when the
 * line has ended, or rejects when it broke.
 *
 * @typedef {(api: Api, place: {room: string, after?: string}, deliver: (messages: any[]) => void)
 *     => Promise<{code: number, reason: string}>} Receive
 */

const HEARTBEAT_SECONDS = 25;
const CLOSE_CODES = /** @type {Record<string, number>} */ ({ forbidden: 4003, overloaded: 4100, rate: 4129 });
const TRY_LATER = 1013;
const BROKEN = { code: 1006, reason: '' };

/**
 * The wire's messages by requests and answers: what the page sends becomes a request, and its answer the message that a
 * WebSocket would have brought. How the room is read on is the subclass's. `welcome` comes together with the first
 * `joined`, so whoever hears it knows that the way carries in both directions.
 *
 * @implements {Transport}
 */
export class HttpTransport {
  hello = {};
  /** @type {'connecting' | 'open' | 'closed'} */
  #state = 'closed';
  #base;
  #listener;
  #receive;
  #heartbeatSeconds;
  #ending = new AbortController();
  #api;
  /** @type {any} */
  #me = null;
  /** @type {Map<string, AbortController>} the rooms that are read, and what ends it */
  #rooms = new Map();

  /**
   * @param {string} base the application's address, with the slash at its end
   * @param {TransportListener} listener
   * @param {Receive} receive
   * @param {number} [heartbeatSeconds] how often it is heard of at least
   */
  constructor(base, listener, receive, heartbeatSeconds = HEARTBEAT_SECONDS) {
    this.#base = base;
    this.#listener = listener;
    this.#receive = receive;
    this.#heartbeatSeconds = heartbeatSeconds;
    this.#api = new Api(base, this.#ending.signal);
  }

  get state() {
    return this.#state;
  }

  async open() {
    this.#state = 'connecting';
    try {
      this.#me = await this.#api.me();
    } catch (error) {
      return this.#broke(error);
    }
    if (this.#ending.signal.aborted) return;
    this.#state = 'open';
    this.#listener.opened();
  }

  /** @param {any} message */
  send(message) {
    if (this.#state !== 'open') return;
    this.#answer(message).catch((error) => this.#failed(message, error));
  }

  close() {
    this.#state = 'closed';
    this.#ending.abort();
    for (const reading of this.#rooms.values()) reading.abort();
  }

  /** @param {any} message */
  async #answer(message) {
    const { type, id, room } = message;
    switch (type) {
      case 'hello': return this.#greet(message);
      case 'join': return this.#follow(message, id, []);
      case 'leave': return this.#leave(room, id);
      case 'send': return this.#post(message);
      case 'history': return this.#history(message);
      case 'typing': return this.#api.typing(room);
      case 'ping': return this.#api.me().then(() => this.#tell({ type: 'pong', id }));
    }
  }

  /** @param {{id: any, name?: string, rooms?: Array<{room: string, after?: string}>}} hello */
  async #greet({ id, name, rooms = [] }) {
    if (name !== undefined && name !== this.#me.name) this.#me = await this.#api.me(name);
    const { limits = {}, ...user } = this.#me;
    const greeting = [{ type: 'welcome', id, user, heartbeat: this.#heartbeatSeconds, limits }];
    if (rooms.length === 0) return this.#tell(...greeting);
    await Promise.all(rooms.map((place) => this.#follow(place, id, greeting)));
  }

  /**
   * Reads until the room is left.
   *
   * @param {{room: string, after?: string}} place
   * @param {any} id of the request
   * @param {any[]} greeting goes before what is read first
   */
  async #follow({ room, after }, id, greeting) {
    this.#rooms.get(room)?.abort();
    const reading = new AbortController();
    this.#rooms.set(room, reading);
    let begun = false;
    const deliver = (/** @type {any[]} */ messages) => {
      if (reading.signal.aborted) return;
      if (begun || messages.length === 0) return this.#listener.received(messages);
      begun = true;
      const [joined, ...rest] = messages;
      this.#tell(...greeting.splice(0), { ...joined, id }, ...rest);
    };
    try {
      const close = await this.#receive(new Api(this.#base, reading.signal), { room, after }, deliver);
      if (!reading.signal.aborted) this.#end(close);
    } catch (error) {
      if (reading.signal.aborted) return;
      if (!begun) throw error;
      this.#broke(error);
    }
  }

  /**
   * @param {string} room
   * @param {any} id
   */
  #leave(room, id) {
    this.#rooms.get(room)?.abort();
    this.#rooms.delete(room);
    this.#tell({ type: 'left', id, room });
  }

  /** @param {any} message */
  async #post({ id, room, text, key }) {
    const { seq, stored, duplicate } = await this.#api.post(room, { text, key });
    this.#tell({ type: 'sent', id, room, key, seq, stored, duplicate });
  }

  /** @param {any} message */
  async #history(message) {
    const { messages, more = false } = await this.#api.history(message.room, pick(message, 'before', 'after', 'limit'));
    this.#tell({ type: 'history', id: message.id, room: message.room, messages, more });
  }

  /** @param {any[]} messages */
  #tell(...messages) {
    if (this.#state === 'open') this.#listener.received(messages);
  }

  /**
   * @param {any} message
   * @param {unknown} error
   */
  #failed({ id, type }, error) {
    if (!(error instanceof Refused)) return this.#broke(error);
    if (type === 'typing') return;
    const { code, message, retry, retryAfter } = error;
    this.#tell({ type: 'error', id, code, message, retry, ...(retryAfter !== undefined && { retryAfter }) });
  }

  /** @param {unknown} error what ended the line */
  #broke(error) {
    if (!(error instanceof Refused)) return this.#end(BROKEN);
    const code = CLOSE_CODES[error.code] ?? TRY_LATER;
    if (error.retryAfter !== undefined && this.#state !== 'closed') {
      this.#listener.received([{ type: 'bye', code, retryAfter: error.retryAfter, spread: 0 }]);
    }
    this.#end({ code, reason: error.message });
  }

  /** @param {{code: number, reason: string}} close */
  #end(close) {
    if (this.#state === 'closed') return;
    this.close();
    this.#listener.closed(close);
  }
}

/**
 * @param {any} from
 * @param {...string} names
 * @returns {any} the fields that are there
 */
function pick(from, ...names) {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
}
