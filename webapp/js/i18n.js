// @ts-check
import { en } from './texts/en.js';
import { zh } from './texts/zh.js';

/** @typedef {Record<string, string | {one: string, other: string}>} Texts */
/** @typedef {Record<string, string | number | Said>} Values */
/** @typedef {{key: string, values?: Values}} Said a text within a text */

/** @type {Record<string, Texts>} */
const LANGUAGES = { en: { ...en }, zh: { ...zh } };

let language = 'en';

/**
 * The first of the reader's languages that we have.
 *
 * @param {readonly (string | null)[]} wished
 * @returns {string}
 */
export function choose(wished) {
  for (const tag of wished) {
    const primary = tag?.toLowerCase().split('-')[0] ?? '';
    if (primary in LANGUAGES) return primary;
  }
  return 'en';
}

/** @param {Record<string, Texts>} texts of a page of its own, for each language; before `speak` */
export function learn(texts) {
  for (const [tag, more] of Object.entries(texts)) Object.assign(LANGUAGES[tag], more);
}

/** @param {string} chosen one of `choose`; texts and times already on the page follow */
export function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen === 'zh' ? 'zh-Hans' : chosen;
  translate(document);
}

/** @returns {string} */
export function spoken() {
  return language;
}

/**
 * @param {string} key
 * @param {Values} [values] put in place of `{name}`, in this language too; `n` chooses between one and other
 * @returns {string}
 */
export function text(key, values = {}) {
  const found = LANGUAGES[language][key] ?? en[key] ?? key;
  const form = typeof found === 'string' ? found : found[plural(Number(values.n))];
  return form.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? '';
    return typeof value === 'object' ? text(value.key, value.values) : String(value);
  });
}

/**
 * Writes a text into the element, where it follows a change of language.
 *
 * @param {HTMLElement} element
 * @param {string} key
 * @param {Values} [values]
 */
export function say(element, key, values) {
  element.dataset.t = key;
  if (values === undefined) delete element.dataset.tValues;
  else element.dataset.tValues = JSON.stringify(values);
  element.textContent = text(key, values);
}

/** @param {HTMLTimeElement} element shows the hour and minute of its `datetime`, and all of it on hovering */
export function sayTime(element) {
  const at = new Date(element.dateTime);
  element.textContent = at.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  element.title = at.toLocaleString(language, { dateStyle: 'full', timeStyle: 'medium' });
}

/** @param {HTMLElement} element shows the day in its `data-day` */
export function sayDay(element) {
  const day = new Date(element.dataset.day ?? 0);
  element.textContent = day.toLocaleDateString(language, { weekday: 'long', month: 'long', day: 'numeric' });
}

/** @param {ParentNode} root */
function translate(root) {
  for (const element of root.querySelectorAll('[data-t]')) {
    const { t = '', tValues } = /** @type {HTMLElement} */ (element).dataset;
    element.textContent = text(t, tValues === undefined ? {} : JSON.parse(tValues));
  }
  for (const element of root.querySelectorAll('[data-t-label]')) {
    element.setAttribute('aria-label', text(element.getAttribute('data-t-label') ?? ''));
  }
  for (const element of root.querySelectorAll('[data-t-placeholder]')) {
    element.setAttribute('placeholder', text(element.getAttribute('data-t-placeholder') ?? ''));
  }
  for (const element of root.querySelectorAll('time')) sayTime(element);
  for (const element of root.querySelectorAll('[data-day]')) sayDay(/** @type {HTMLElement} */ (element));
}

/** @param {number} n */
function plural(n) {
  return new Intl.PluralRules(language).select(n) === 'one' ? 'one' : 'other';
}
