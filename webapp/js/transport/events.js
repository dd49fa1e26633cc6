// @ts-check

/** Takes an event stream apart (WHATWG HTML, 9.2.6), in pieces as they come. */
export class EventParser {
  #rest = '';
  /** @type {string[]} */
  #data = [];

  /**
   * @param {string} piece
   * @returns {string[]} the data of each event that is now complete
   */
  feed(piece) {
    // A return at the very end may be half of a line's end; it is kept until the next piece says.
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#line(line));
  }

  /**
   * @param {string} line
   * @returns {string[]}
   */
  #line(line) {
    if (line === '') {
      const data = this.#data;
      this.#data = [];
      return data.length === 0 ? [] : [data.join('\n')];
    }
    const field = /^data(?:: ?(.*))?$/s.exec(line);
    if (field !== null) this.#data.push(field[1] ?? '');
    return [];
  }
}
