// @ts-check
import { say, sayTime } from '../i18n.js';
import { whyOf } from '../refusal.js';

/**
 * @typedef {object} Shown a message as the list shows it
 * @property {string} key
 * @property {number} [seq] once it has a place in the log
 * @property {string} [cursor] the same place, as the server wants it back
 * @property {string} text
 * @property {string} at
 * @property {import('../roster.js').Person} [from] nobody: ourselves, before the server has said who we are
 * @property {boolean} mine
 * @property {'pending' | 'sent' | 'failed'} state
 * @property {import('../refusal.js').Refusal} [error]
 */

const TINTS = 8;

/**
 * Fills the line anew.
 *
 * @param {HTMLLIElement} line
 * @param {Shown} shown
 * @param {{retry: (key: string) => void, discard: (key: string) => void}} actions
 */
export function draw(line, shown, actions) {
  line.dataset.state = shown.state;
  line.dataset.key = shown.key;
  line.dataset.at = shown.at;
  line.dataset.from = shown.from?.id ?? '';
  line.dataset.tint = String(tint(line.dataset.from));
  line.classList.toggle('mine', shown.mine);
  if (shown.seq !== undefined) line.dataset.seq = String(shown.seq);

  const author = make('bdi', 'author');
  author.textContent = shown.from?.name ?? '';
  const time = make('time', 'time');
  time.dateTime = shown.at;
  sayTime(time);
  const head = make('p', 'head');
  head.append(author, time);

  const body = make('p', 'text');
  body.dir = 'auto';
  body.textContent = shown.text;

  line.replaceChildren(head, body);
  if (shown.mine) line.append(fate(shown, actions));
}

/**
 * @param {Shown} shown
 * @param {{retry: (key: string) => void, discard: (key: string) => void}} actions
 */
function fate(shown, actions) {
  const fate = make('p', 'fate');
  const words = make('span', 'words');
  fate.append(words);
  if (shown.state === 'failed') {
    say(words, 'notSent', { why: shown.error === undefined ? '' : whyOf(shown.error) });
    fate.append(button('retry', () => actions.retry(shown.key)), button('discard', () => actions.discard(shown.key)));
  } else {
    say(words, shown.state === 'sent' ? 'sent' : 'sending');
  }
  return fate;
}

/**
 * @param {string} key its text and its class
 * @param {() => void} press
 */
function button(key, press) {
  const made = make('button', `quiet ${key}`);
  made.type = 'button';
  say(made, key);
  made.addEventListener('click', press);
  return made;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 */
export function make(tag, className) {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

/**
 * A colour for a person, always the same one.
 *
 * @param {string} id
 */
export function tint(id) {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
  return sum % TINTS;
}
