// @ts-check

/**
 * A `Storage` that never throws: a browser may refuse it (private windows, blocked cookies, a full quota), and then
 * values last as long as the page.
 */
export class SafeStorage {
  /** @type {Map<string, string>} */
  #memory = new Map();
  #open;
  #prefix;

  /**
   * @param {() => Storage} open gives the storage; it may throw
   * @param {string} prefix goes before every key, since other programs may share the origin
   */
  constructor(open, prefix = 'parley.') {
    this.#open = open;
    this.#prefix = prefix;
  }

  /**
   * @param {string} key
   * @returns {string | null}
   */
  get(key) {
    try {
      return this.#open().getItem(this.#prefix + key) ?? this.#memory.get(key) ?? null;
    } catch {
      return this.#memory.get(key) ?? null;
    }
  }

  /**
   * @param {string} key
   * @param {string | null} value null forgets it
   */
  set(key, value) {
    this.#memory.delete(key);
    try {
      if (value === null) this.#open().removeItem(this.#prefix + key);
      else this.#open().setItem(this.#prefix + key, value);
    } catch {
      if (value !== null) this.#memory.set(key, value);
    }
  }
}
