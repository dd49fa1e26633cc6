// @ts-check
import { base, roomHere, transportWished } from './address.js';
import { Client } from './client.js';
import { choose, speak } from './i18n.js';
import { remember } from './me.js';
import { Outbox } from './outbox.js';
import { SafeStorage } from './storage.js';
import { Choice } from './transport/choice.js';
import { LongPollTransport } from './transport/longpoll.js';
import { PollTransport } from './transport/poll.js';
import { SharedEvents } from './transport/shared.js';
import { receiveEvents, SseTransport } from './transport/sse.js';
import { WebSocketTransport } from './transport/websocket.js';
import { Composer } from './view/composer.js';
import { LogView } from './view/log.js';
import { NameView } from './view/name.js';
import { RoomView } from './view/rooms.js';
import { RosterView } from './view/roster.js';
import { SideView } from './view/side.js';
import { StatusView } from './view/status.js';
import { TitleView } from './view/title.js';
import { TypingView } from './view/typing.js';
import { WayView } from './view/way.js';

/** Everything wired; what stays in the browser is the name and the language, in the tab the outbox and drafts. */
const kept = new SafeStorage(() => localStorage);
const tab = new SafeStorage(() => sessionStorage);

speak(choose([kept.get('language'), ...navigator.languages]));

const receive = SharedEvents.possible ? new SharedEvents(base()).receive : receiveEvents;
const WAYS = { websocket: WebSocketTransport, sse: SseTransport, longpoll: LongPollTransport, poll: PollTransport };
const make = (/** @type {import('./transport/choice.js').Way} */ way, /** @type {any} */ listener) =>
  way === 'sse' ? new SseTransport(base(), listener, receive) : new WAYS[way](base(), listener);
const choice = new Choice(make, tab, transportWished());

const client = new Client((listener) => choice.connect(listener), new Outbox(tab), {
  room: roomHere(),
  name: kept.get('name'),
});

new RoomView(client);
new LogView(client);
const composer = new Composer(client, tab);
new TypingView(client);
const roster = new RosterView(client);
new NameView(client);
new StatusView(client);
const way = new WayView(client, choice);
new TitleView(client);
new SideView((language) => {
  kept.set('language', language);
  roster.draw();
  way.draw();
});

client.on('me', ({ name }) => {
  if (client.name === null || name === kept.get('name')) return;
  kept.set('name', name);
  remember(base(), name);
});
client.on('refused', () => kept.set('name', client.name));

addEventListener('online', () => {
  client.link.wake();
  choice.networkChanged();
});
addEventListener('offline', () => client.link.networkLost());
document.addEventListener('visibilitychange', () => !document.hidden && client.link.wake());
addEventListener('pagehide', () => client.link.stop());
addEventListener('pageshow', (event) => event.persisted && client.link.start());

if (matchMedia('(pointer: fine)').matches) composer.focus();

client.link.start();
