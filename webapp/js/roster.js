// @ts-check

/** @typedef {{id: string, name: string}} Person */

/** Who is in the room: the first ones by name, all of them as a number. Old news is ignored by its version. */
export class Roster {
  /** @type {Map<string, Person>} */
  #members = new Map();
  #version = -1;
  count = 0;

  /** @returns {Person[]} */
  get members() {
    return [...this.#members.values()];
  }

  /** @param {{members?: Person[], count?: number, version?: number}} joined */
  replace({ members = [], count = members.length, version = 0 }) {
    this.#members = new Map(members.map((person) => [person.id, person]));
    this.count = count;
    this.#version = version;
  }

  /**
   * @param {{members?: Person[], joined?: Person[], left?: Array<Person | string>, count: number, version: number}} news
   * @returns {boolean} whether it was news
   */
  apply(news) {
    if (news.version <= this.#version) return false;
    if (news.members) {
      this.replace(news);
      return true;
    }
    for (const person of news.joined ?? []) this.#members.set(person.id, person);
    for (const gone of news.left ?? []) this.#members.delete(typeof gone === 'string' ? gone : gone.id);
    this.count = news.count;
    this.#version = news.version;
    return true;
  }
}
