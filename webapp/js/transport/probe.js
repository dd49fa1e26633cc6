// @ts-check

/** @typedef {import('./websocket.js').Transport} Transport */
/** @typedef {import('./websocket.js').TransportListener} TransportListener */

const PATIENCE_MS = 6_000;
const ID = 'probe';

/**
 * A better transport that is tried beside the one in use: it has to bring the server's welcome and the rooms that the
 * page is in, not only to open, since proxies exist that take a connection and pass nothing on.
 */
export class Probe {
  #owner;
  #rooms;
  /** @type {TransportListener} */
  #listener;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #opened = false;
  #proved = false;

  /**
   * @param {import('./choice.js').Way} way
   * @param {(listener: TransportListener) => Transport} make
   * @param {string[]} rooms
   * @param {{proved: () => void, failed: (reason: import('./choice.js').Reason) => void}} owner hears one of them, or
   *     first that it is proved and then that it failed
   */
  constructor(way, make, rooms, owner) {
    this.way = way;
    this.#rooms = rooms;
    this.#owner = owner;
    this.#listener = {
      opened: () => this.#ask(),
      received: (messages) => this.#received(messages),
      closed: () => this.#fail('refused'),
    };
    this.transport = make({
      opened: () => this.#listener.opened(),
      received: (messages) => this.#listener.received(messages),
      closed: (close) => this.#listener.closed(close),
    });
  }

  get proved() {
    return this.#proved;
  }

  open() {
    this.#timer = setTimeout(() => this.#fail(this.#opened ? 'silent' : 'slow'), PATIENCE_MS);
    this.transport.open();
  }

  close() {
    clearTimeout(this.#timer);
    this.transport.close();
  }

  /**
   * Gives the transport away; from now on `listener` hears it.
   *
   * @param {TransportListener} listener
   */
  handOver(listener) {
    clearTimeout(this.#timer);
    this.#listener = listener;
    return this.transport;
  }

  #ask() {
    this.#opened = true;
    const rooms = this.#rooms.map((room) => ({ room }));
    this.transport.send({ type: 'hello', id: ID, ...this.transport.hello, rooms });
  }

  /** @param {any[]} messages */
  #received(messages) {
    const awaited = this.#rooms.length === 0 ? 'welcome' : 'joined';
    if (this.#proved || !messages.some(({ type }) => type === awaited)) return;
    this.#proved = true;
    clearTimeout(this.#timer);
    this.#owner.proved();
  }

  /** @param {import('./choice.js').Reason} reason */
  #fail(reason) {
    this.close();
    this.#owner.failed(reason);
  }
}
