// @ts-check

/** @type {import('../i18n.js').Texts} */
export const en = {
  doctor: 'The proxy doctor',
  doctorLead: 'Between this page and the server there is often a proxy. Four things that it may do are looked for here: '
    + 'it collects what should come at once, cuts what is silent, loses a WebSocket’s handshake, or lets the server '
    + 'believe what is not so. Takes a good minute, in which the last check is silent.',
  examine: 'Examine',
  'doctor.first': 'Examining…',
  'doctor.silent': 'Keeping silent: {s} of {of} s',
  'doctor.done': 'Examined.',
  'doctor.copied': 'Copied',
  'doctor.selected': 'Selected; copy it from there',
  'doctor.busy': 'The server has no place for another connection now. Try again later.',
  'doctor.unanswered': 'The question was not answered: {why}.',
  doctorCure: 'What mends it',
  doctorNginx: 'For nginx: the first block belongs into http { … }, the second into server { … }. The address is the one '
    + 'that the server listens on, as it says.',
  copy: 'Copy',
  'examined.waiting': '',
  'examined.running': '…',
  'examined.fine': 'Fine',
  'examined.found': 'Found',
  'examined.unknown': 'Could not tell',
  'check.buffering': 'Buffering',
  'check.bufferingAbout': 'Do small pieces of an answer come when they are sent?',
  'check.upgrade': 'The Upgrade',
  'check.upgradeAbout': 'Does a WebSocket’s handshake come to the server as it was sent?',
  'check.headers': 'Scheme, host and address',
  'check.headersAbout': 'Does the server know where this page is, and who asks?',
  'check.idle': 'Silence',
  'check.idleAbout': 'How long may a connection be silent before it is cut?',
  'buffering.fine': '{count} pieces, sent over {of} ms, came as they were sent; none was held back for more than {ms} ms.',
  'buffering.broken': 'Of {count} pieces only {n} came.',
  'buffering.itself': 'A proxy collects answers before it passes them on: a piece was held back for {ms} ms of {of}.',
  'buffering.obeys': 'Where the server asks it not to, with X-Accel-Buffering: no, it does not. All of Parley’s streams '
    + 'ask, so they are not harmed; streams of others that do not ask are.',
  'buffering.always': 'A proxy collects answers before it passes them on, also where the server asks it not to '
    + '(X-Accel-Buffering: no): a piece was held back for {ms} ms of {of}.',
  'buffering.useless': 'Server-Sent Events and the iframe bring nothing here. The chat page falls back to long polling.',
  'upgrade.fine': 'Open after {ms} ms, and a text came back.',
  'upgrade.lost': 'The handshake came to the server as a plain request. Lost on the way: {missing}.',
  'upgrade.instead': 'No WebSocket can be opened here. The chat page falls back to Server-Sent Events or polling.',
  'upgrade.foreign': 'It came, and was refused: the page is of {origin}, and the Host that came to the server is {host}.',
  'upgrade.silent': 'It opened, and nothing came back within {s} s.',
  'upgrade.stopped': 'The handshake never came to where plain requests come. It was refused on its way, or came without '
    + 'Connection: Upgrade.',
  'upgrade.answerLost': 'It came to the server and was taken, but the answer, 101 Switching Protocols, never came back.',
  'headers.fine': 'The server believes {scheme}, the host {host}, and the address {address}. The first two are what the '
    + 'browser knows; the third only you can tell.',
  'headers.stranger': 'Somebody adds X-Forwarded-For. It is ignored, as PARLEY_TRUST_FORWARDED is not set; set it only if '
    + 'that is a proxy of yours.',
  'headers.insecure': 'The page came by https, the server believes http (X-Forwarded-Proto: {proto}). So its cookie goes '
    + 'without Secure, and would be sent over an open line too.',
  'headers.tooSecure': 'The page came by http, the server believes https (X-Forwarded-Proto: {proto}). So its cookie says '
    + 'Secure, the browser does not take it, and everybody is somebody new with each visit.',
  'headers.host': 'The page is at {here}, and the Host that came to the server is {host}.',
  'headers.refused': 'So the server takes the page for a foreign one: the Origin {origin} is refused, no WebSocket is '
    + 'opened and nothing can be sent.',
  'headers.allowed': 'The Origin {origin} is on the server’s list, so the page is let in all the same.',
  'headers.noFor': 'There is a proxy, and it does not say for whom it asks (X-Forwarded-For): the server sees {peer} for '
    + 'everybody, who share {most} connections.',
  'headers.untrusted': 'The proxy says for whom it asks, but the server does not believe it: it sees {peer} for everybody, '
    + 'who share {most} connections.',
  'idle.survivedStream': 'A stream came through {s} s of silence.',
  'idle.survivedSocket': 'A WebSocket came through {s} s of silence.',
  'idle.cutStream': 'A silent stream was cut after {s} s.',
  'idle.cutSocket': 'A silent WebSocket was cut after {s} s.',
  'idle.quietStream': 'A stream that was silent for {s} s was dead, and nobody had said so.',
  'idle.quietSocket': 'A WebSocket that was silent for {s} s was dead, and nobody had said so.',
  'idle.untriedStream': 'A stream could not be tried.',
  'idle.untriedSocket': 'A WebSocket could not be tried.',
  'idle.heartbeat': 'Parley is never silent for longer than {heartbeat} s.',
  'idle.kept': 'Parley is never silent for longer than {heartbeat} s, so its chat lives on. What else is silent for '
    + 'longer does not.',
  'idle.lost': 'Parley is silent for up to {heartbeat} s, so whoever has nothing to read loses the connection over and over.',
  'idle.stopped': 'Stopped after {s} s of silence; nothing was cut until then.',
  'mend.buffering': 'The proxy must pass answers on as they come, without collecting them.',
  'mend.timeout': 'The proxy must let a connection be silent for longer, three heartbeats of the server at least. Or let the '
    + 'server speak more often: PARLEY_HEARTBEAT.',
  'mend.upgrade': 'The proxy must pass on the headers Upgrade and Connection of a WebSocket’s handshake, over HTTP/1.1, '
    + 'and then every byte in both directions.',
  'mend.host': 'The proxy must pass on the Host that the browser sent, with its port.',
  'mend.proto': 'The proxy must say in X-Forwarded-Proto by what it was asked itself, http or https.',
  'mend.for': 'The proxy must add to X-Forwarded-For the address of who asked.',
  'mend.trust': 'The server must be told to believe it, in its own settings: PARLEY_TRUST_FORWARDED=true.',
  'mark.buffering': 'mends the buffering',
  'mark.timeout': 'mends the cut',
  'mark.upgrade': 'mends the Upgrade',
  'mark.host': 'mends the Host',
  'mark.proto': 'mends the scheme',
  'mark.for': 'mends the address',
};
