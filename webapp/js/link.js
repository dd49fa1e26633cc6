// @ts-check
import { Backoff, verdictOf } from './reconnect.js';

/** @typedef {import('./transport/websocket.js').Transport} Transport */
/** @typedef {import('./transport/websocket.js').TransportListener} TransportListener */

/**
 * @typedef {object} LinkState
 * @property {'connecting' | 'online' | 'offline' | 'reconnecting' | 'closed'} state
 * @property {number} [until] reconnecting: when it tries again, by `Date.now()`
 * @property {number} [code] closed: the close code, for good
 * @property {string} [reason]
 */

const CONNECT_MS = 10_000;
const PROBE_MS = 5_000;
const PROBE_OFFLINE_MS = 2_000;
const STABLE_MS = 5_000;
const AT_ONCE_MS = 1_000;

/**
 * A line that is kept up: one transport after another, and between them the waiting. It is `online` from the server's
 * welcome on, not from the mere opening. Date.now() rather than a monotonic clock, which stands still while a laptop
 * sleeps: a jump of the clock costs one reconnect.
 */
export class Link {
  #connect;
  #owner;
  #random;
  #backoff;
  /** @type {Transport | null} */
  #transport = null;
  /** @type {LinkState} */
  #state = { state: 'connecting' };
  /** @type {{retryAfter?: number, spread?: number} | null} */
  #bye = null;
  #notBefore = 0;
  #heard = 0;
  #silenceMs = Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} waits for the next attempt, or guards the one under way */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watch;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #stable;

  /**
   * @param {(listener: TransportListener) => Transport} connect makes a transport, not yet opened
   * @param {{opened: () => void, received: (messages: any[]) => void, changed: (state: LinkState) => void}} owner
   * @param {() => number} [random]
   */
  constructor(connect, owner, random = Math.random) {
    this.#connect = connect;
    this.#owner = owner;
    this.#random = random;
    this.#backoff = new Backoff(random);
  }

  get state() {
    return this.#state;
  }

  /** What the transport in use wants in `hello`. */
  get hello() {
    return this.#transport?.hello ?? {};
  }

  /** Tries now, whatever was being waited for. Does nothing on a line that is up or coming up. */
  start() {
    if (this.#transport !== null) return;
    this.#clear();
    this.#bye = null;
    this.#change({ state: 'connecting' });
    const transport = this.#connect({
      opened: () => this.#owner.opened(),
      received: (messages) => this.#received(transport, messages),
      closed: (close) => this.#lost(close),
    });
    this.#transport = transport;
    this.#timer = setTimeout(() => this.#lost({ code: 1006, reason: '' }), transport.patienceMs ?? CONNECT_MS);
    transport.open();
  }

  /** Hangs up without a word and stays so until `start`. */
  stop() {
    this.#hangUp();
    this.#change({ state: 'offline' });
  }

  /** @param {object} message lost when the line is down */
  send(message) {
    this.#transport?.send(message);
  }

  /** @param {number} heartbeatSeconds the server is heard from at least so often */
  welcomed(heartbeatSeconds) {
    clearTimeout(this.#timer);
    this.#silenceMs = 2 * heartbeatSeconds * 1000;
    this.#watchSilence();
    clearTimeout(this.#stable);
    this.#stable = setTimeout(() => this.#backoff.reset(), STABLE_MS);
    this.#change({ state: 'online' });
  }

  /** @param {{retryAfter?: number, spread?: number}} bye the server's wish for the close that follows */
  parting(bye) {
    this.#bye = bye;
  }

  /** The network is back or the page is seen again: no reason to wait on. */
  wake() {
    if (this.#state.state === 'online') {
      this.#probe(PROBE_MS);
    } else if (this.#state.state === 'offline' || this.#state.state === 'reconnecting') {
      const soon = Math.max(Date.now() + this.#random() * AT_ONCE_MS, this.#notBefore);
      if (this.#state.until === undefined || soon < this.#state.until) this.#waitUntil(soon);
    }
  }

  /** The browser says there is no network. It can be wrong about a line that is up, so that one is asked. */
  networkLost() {
    if (this.#state.state === 'online') {
      this.#probe(PROBE_OFFLINE_MS);
    } else if (this.#state.state === 'reconnecting') {
      this.#clear();
      this.#change({ state: 'offline' });
    }
  }

  /**
   * Asks for a sign of life; without one in time the line counts as lost.
   *
   * @param {number} patienceMs
   */
  #probe(patienceMs) {
    const asked = Date.now();
    this.send({ type: 'ping' });
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      if (this.#heard < asked) this.#lost({ code: 1006, reason: '' });
      else this.#watchSilence();
    }, patienceMs);
  }

  /**
   * @param {Transport} transport
   * @param {any[]} messages
   */
  #received(transport, messages) {
    if (transport !== this.#transport) return;
    this.#heard = Date.now();
    this.#owner.received(messages);
  }

  #watchSilence() {
    clearTimeout(this.#watch);
    const left = this.#heard + this.#silenceMs - Date.now();
    if (left <= 0) this.#lost({ code: 1006, reason: '' });
    else this.#watch = setTimeout(() => this.#watchSilence(), Math.min(left, 60_000));
  }

  /** @param {{code: number, reason: string}} close */
  #lost({ code, reason }) {
    this.#hangUp();
    const verdict = verdictOf(code);
    this.#notBefore = Date.now() + (this.#bye?.retryAfter ?? 0);
    const wait = this.#backoff.next(verdict, this.#bye);
    if (verdict === 'final') this.#change({ state: 'closed', code, reason });
    else if (!navigator.onLine) this.#change({ state: 'offline' });
    else this.#waitUntil(Date.now() + wait);
  }

  /** @param {number} until by `Date.now()` */
  #waitUntil(until) {
    this.#clear();
    this.#timer = setTimeout(() => this.start(), until - Date.now());
    this.#change({ state: 'reconnecting', until });
  }

  #hangUp() {
    this.#clear();
    this.#transport?.close();
    this.#transport = null;
  }

  #clear() {
    for (const timer of [this.#timer, this.#watch, this.#stable]) clearTimeout(timer);
  }

  /** @param {LinkState} state */
  #change(state) {
    this.#state = state;
    this.#owner.changed(state);
  }
}
