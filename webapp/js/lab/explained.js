// @ts-check
import { say } from '../i18n.js';
import { make } from '../view/message.js';
import { pictureOf } from './pictures.js';
import { drawTimeline } from './timeline.js';
import { WAYS } from './ways.js';

/** @param {HTMLElement} box gets a picture and a few sentences for each way */
export function explain(box) {
  for (const way of WAYS) {
    const explanation = make('article', `explanation ${way}`);
    const title = make('h3', '');
    say(title, `way.${way}`);
    const picture = make('div', 'timeline');
    const { stretch, rows } = pictureOf(way);
    drawTimeline(picture, stretch, rows);
    const words = make('p', '');
    say(words, `about.${way}`);
    explanation.append(title, picture, words);
    box.append(explanation);
  }
}
