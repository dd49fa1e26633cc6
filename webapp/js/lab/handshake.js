// @ts-check
import { say } from '../i18n.js';
import { acceptOf, newHandshakeKey } from './accept.js';

/** @typedef {Array<[string, string | string[]]>} Headers */

const PROTOCOL = 'parley.v1.json';
/** Those that only a plain request has, and those that are written out above. */
const NOT_OTHERS = /^(accept|accept-encoding|connection|content-.*|host|origin|priority|referer|sec-.*)$/i;

/**
 * A handshake as it goes over the line. A page is not shown its own; so it is put together from what can be known: the
 * headers that the server saw of a plain request, what the new socket says of itself, and a key that is made here.
 */
export class HandshakeView {
  #base;
  #request = find('#handshake-request');
  #response = find('#handshake-response');
  #opened = find('#handshake-opened');
  #key = /** @type {HTMLInputElement} */ (find('#key'));
  /** @type {Headers} */
  #seen = [];
  #socket = { protocol: PROTOCOL, extensions: '' };

  /** @param {string} base */
  constructor(base) {
    this.#base = base;
    this.#key.value = newHandshakeKey();
    this.#key.addEventListener('input', () => this.#draw());
    find('#new-key').addEventListener('click', () => {
      this.#key.value = newHandshakeKey();
      this.#draw();
    });
    this.#draw();
  }

  /** @param {Headers} seen by the server, of a plain request */
  show(seen) {
    this.#seen = seen;
    this.#draw();
    const begun = performance.now();
    const socket = new WebSocket(this.#url.href.replace(/^http/, 'ws'), PROTOCOL);
    socket.onopen = () => {
      say(this.#opened, 'handshakeOpened', { ms: Math.round(performance.now() - begun) });
      this.#socket = { protocol: socket.protocol, extensions: socket.extensions };
      this.#draw();
      socket.close(1000);
    };
    socket.onerror = () => say(this.#opened, 'handshakeFailed');
  }

  get #url() {
    return new URL('chat', this.#base);
  }

  async #draw() {
    const key = this.#key.value;
    const { joined, hash, accept } = await acceptOf(key);
    if (key !== this.#key.value) return;
    find('#step-joined').textContent = joined;
    find('#step-hash').textContent = hash;
    find('#step-accept').textContent = accept;
    this.#request.textContent = this.#requestLines(key).join('\n');
    this.#response.textContent = this.#responseLines(accept).join('\n');
  }

  /** @param {string} key */
  #requestLines(key) {
    const others = this.#seen.filter(([name]) => !NOT_OTHERS.test(name));
    return [
      `GET ${this.#url.pathname} HTTP/1.1`,
      `Host: ${this.#url.host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Origin: ${location.origin}`,
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
      `Sec-WebSocket-Protocol: ${PROTOCOL}`,
      'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
      ...others.flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${shown(name, value)}`)),
      '',
    ];
  }

  /** @param {string} accept */
  #responseLines(accept) {
    const { protocol, extensions } = this.#socket;
    return [
      'HTTP/1.1 101 Switching Protocols',
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Accept: ${accept}`,
      ...(protocol === '' ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
      ...(extensions === '' ? [] : [`Sec-WebSocket-Extensions: ${extensions}`]),
      '',
    ];
  }
}

/**
 * Who one is stays out of sight.
 *
 * @param {string} name
 * @param {string} value
 */
function shown(name, value) {
  return /^(cookie|authorization)$/i.test(name) ? value.replace(/=[^;]*/g, '=…') : value;
}

/** @param {string} selector */
function find(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}
