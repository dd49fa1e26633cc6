// @ts-check

/**
 * What every transport offers; the page cannot tell them apart.
 *
 * @typedef {object} Transport
 * @property {'connecting' | 'open' | 'closed'} state
 * @property {object} hello fields that this transport wants in `hello`
 * @property {number} [patienceMs] how long it may take until the server's welcome; 10 s
 * @property {() => void} open called once
 * @property {(message: object) => void} send ignored unless open; the answer comes as a message
 * @property {() => void} close silent: `closed` is not called after it
 *
 * @typedef {object} TransportListener
 * @property {() => void} opened
 * @property {(messages: any[]) => void} received all that came together, in order
 * @property {(close: {code: number, reason: string}) => void} closed once, and nothing after it
 */

/** @implements {Transport} */
export class WebSocketTransport {
  hello = { frames: 'binary' };

  #url;
  #listener;
  /** @type {WebSocket | null} */
  #socket = null;
  #decoder = new TextDecoder();

  /**
   * @param {string} base the application's address, with the slash at its end
   * @param {TransportListener} listener
   */
  constructor(base, listener) {
    // By replacing the scheme, not with a ws: URL as base: older browsers take neither http: URLs nor relative ones.
    this.#url = new URL('chat', base).href.replace(/^http/, 'ws');
    this.#listener = listener;
  }

  get state() {
    const state = this.#socket?.readyState;
    if (state === WebSocket.OPEN) return 'open';
    return state === WebSocket.CONNECTING ? 'connecting' : 'closed';
  }

  open() {
    const socket = new WebSocket(this.#url, 'parley.v1.json');
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#listener.opened();
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code, reason }) => {
      this.#socket = null;
      this.#listener.closed({ code, reason });
    };
    this.#socket = socket;
  }

  /** @param {string | ArrayBuffer} data */
  #receive(data) {
    const frame = JSON.parse(typeof data === 'string' ? data : this.#decoder.decode(data));
    this.#listener.received(Array.isArray(frame) ? frame : [frame]);
  }

  /** @param {object} message */
  send(message) {
    if (this.state === 'open') this.#socket?.send(JSON.stringify(message));
  }

  close() {
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }
}
