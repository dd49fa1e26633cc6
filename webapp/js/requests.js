// @ts-check

/**
 * @typedef {{code: string, message: string, retry?: boolean, retryAfter?: number}} Failure `lost`: the line broke first
 * @typedef {{done: (answer: any) => void, failed: (failure: Failure) => void}} Answer
 */

/** What was asked and not answered. Every request ends once: answered, refused or lost. */
export class Requests {
  #send;
  #ids = 0;
  /** @type {Map<number, Answer>} */
  #open = new Map();

  /** @param {(message: object) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /**
   * @param {object} message without an id
   * @param {Answer} [answer]
   * @returns {number} its id
   */
  ask(message, answer) {
    const id = ++this.#ids;
    if (answer !== undefined) this.#open.set(id, answer);
    this.#send({ id, ...message });
    return id;
  }

  /** @param {any} answer */
  answered(answer) {
    this.#take(answer.id)?.done(answer);
  }

  /**
   * @param {any} error
   * @returns {boolean} whether it was ours
   */
  refused(error) {
    const asked = this.#take(error.id);
    asked?.failed(error);
    return asked !== undefined;
  }

  /** No answer will come to what was asked so far. */
  lost() {
    const lost = [...this.#open.values()];
    this.#open.clear();
    for (const asked of lost) asked.failed({ code: 'lost', message: '' });
  }

  /** @param {number} id */
  #take(id) {
    const asked = this.#open.get(id);
    this.#open.delete(id);
    return asked;
  }
}
