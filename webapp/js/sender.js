// @ts-check

/** @typedef {import('./outbox.js').Outbox} Outbox */
/** @typedef {import('./requests.js').Requests} Requests */

const RATE_MS = 1_000;

/**
 * Empties the outbox, one letter in flight at a time: what was written first is first in the room, on every transport,
 * also when one of them is put off. At a person's pace the round trip between two is not felt.
 */
export class Sender {
  #outbox;
  #requests;
  #emit;
  #ready = false;
  #busy = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #putOff;

  /**
   * @param {Outbox} outbox
   * @param {Requests} requests
   * @param {(type: 'sent' | 'letter', detail: any) => void} emit
   */
  constructor(outbox, requests, emit) {
    this.#outbox = outbox;
    this.#requests = requests;
    this.#emit = emit;
  }

  /** @param {boolean} ready whether there is a server that listens */
  set ready(ready) {
    this.#ready = ready;
    clearTimeout(this.#putOff);
    this.#putOff = undefined;
    this.pump();
  }

  /** Sends the next one, unless one is under way or the server wants a pause. */
  pump() {
    const letter = this.#outbox.next();
    if (!this.#ready || this.#busy || this.#putOff !== undefined || letter === undefined) return;
    const { key, room, text } = letter;
    this.#busy = true;
    this.#requests.ask({ type: 'send', room, key, text }, {
      done: (sent) => {
        this.#busy = false;
        this.#outbox.remove(key);
        this.#emit('sent', { key, seq: sent.seq });
        this.pump();
      },
      failed: (error) => {
        this.#busy = false;
        this.#failed(key, error);
        this.pump();
      },
    });
  }

  /**
   * @param {string} key
   * @param {import('./requests.js').Failure} error
   */
  #failed(key, error) {
    if (error.code === 'lost') return;
    if (error.code === 'rate' || (error.retry && error.retryAfter !== undefined)) {
      this.#putOff = setTimeout(() => {
        this.#putOff = undefined;
        this.pump();
      }, error.retryAfter ?? RATE_MS);
      return;
    }
    const letter = this.#outbox.fail(key, { code: error.code, message: error.message });
    if (letter !== undefined) this.#emit('letter', letter);
  }
}
