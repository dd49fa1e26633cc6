// @ts-check
import { EventParser } from '../transport/events.js';

/**
 * @typedef {object} Facts what the server believes of a plain request from here
 * @property {boolean} secure
 * @property {string} host
 * @property {boolean} originAllowed
 * @property {string} address whose connections are counted
 * @property {string} peer the TCP connection's
 * @property {boolean} trustForwarded
 * @property {string} protocol
 * @property {number} port
 * @property {string} contextPath
 * @property {number} heartbeatMillis
 * @property {number} connectionsPerAddress
 * @property {Record<string, string>} headers those that proxies add and change
 *
 * @typedef {{seen: boolean, upgraded?: boolean, headers?: Record<string, string>}} Handshake
 * @typedef {{n: number, at: number}} Piece `at`: milliseconds since the first one, by the server's clock
 */

const ANSWER_MS = 10_000;

/** Something on the way, or the server, answered with a status that is no success. */
export class Status extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** What the server offers to whoever wants to know what lies between. */
export class DoctorApi {
  #base;

  /** @param {string} base the application's address, with the slash at its end */
  constructor(base) {
    this.#base = base;
  }

  /**
   * @param {string} origin the page's
   * @returns {Promise<Facts>}
   */
  facts(origin) {
    return this.#json('facts', { origin });
  }

  /**
   * @param {string} token of `socket`
   * @returns {Promise<Handshake>} how it came to the server
   */
  handshake(token) {
    return this.#json('handshake', { token });
  }

  /**
   * @param {string} [token]
   * @returns {WebSocket} one on which the server says nothing, but for giving short texts back
   */
  socket(token = '') {
    return new WebSocket(this.#url('socket', { token }).href.replace(/^http/, 'ws'));
  }

  /**
   * Reads a stream to its end, whole or not.
   *
   * @param {{count: number, everyMs: number, accel: boolean}} wanted `accel`: with `X-Accel-Buffering: no`
   * @param {AbortSignal} signal
   * @param {(piece: Piece) => void} heard
   */
  async stream({ count, everyMs, accel }, signal, heard) {
    const query = { count: String(count), every: String(everyMs), accel: accel ? 'no' : 'unsaid' };
    const response = await fetch(this.#url('stream', query), { cache: 'no-store', signal });
    if (!response.ok) throw new Status(response.status);
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    const decoder = new TextDecoder();
    const parser = new EventParser();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      for (const data of parser.feed(decoder.decode(value, { stream: true }))) heard(JSON.parse(data));
    }
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} query
   */
  async #json(path, query) {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const response = await fetch(this.#url(path, query), { cache: 'no-store', signal });
    if (!response.ok) throw new Status(response.status);
    return response.json();
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} query
   */
  #url(path, query) {
    return new URL(`api/lab/doctor/${path}?${new URLSearchParams(query)}`, this.#base);
  }
}
