// @ts-check
import { say, spoken } from '../i18n.js';
import { make, tint } from './message.js';

/** Who is here: ourselves first, then by name. */
export class RosterView {
  #client;
  #list = /** @type {HTMLElement} */ (document.querySelector('#roster'));
  #counts = document.querySelectorAll('.count');
  #more = /** @type {HTMLElement} */ (document.querySelector('#roster-more'));

  /** @param {import('../client.js').Client} client */
  constructor(client) {
    this.#client = client;
    client.on('roster', () => this.draw());
    client.on('me', () => this.draw());
  }

  draw() {
    const { members, count } = this.#client.roster;
    const mine = this.#client.me?.id;
    const order = new Intl.Collator(spoken()).compare;
    members.sort((a, b) => Number(b.id === mine) - Number(a.id === mine) || order(a.name, b.name));
    this.#list.replaceChildren(...members.map((person) => this.#line(person, person.id === mine)));
    for (const shown of this.#counts) shown.textContent = String(count);
    this.#more.hidden = count <= members.length;
    say(this.#more, 'morePeople', { n: count - members.length });
  }

  /**
   * @param {import('../roster.js').Person} person
   * @param {boolean} isMe
   */
  #line(person, isMe) {
    const line = document.createElement('li');
    line.dataset.id = person.id;
    line.dataset.tint = String(tint(person.id));
    const name = make('bdi', 'author');
    name.textContent = person.name;
    line.append(name);
    if (isMe) {
      const you = make('span', 'you');
      say(you, 'you');
      line.append(' ', you);
    }
    return line;
  }
}
