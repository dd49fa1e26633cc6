// @ts-check

/** @type {import('../i18n.js').Texts} */
export const en = {
  labTitle: 'Parley: the lab',
  labHeading: 'The lab',
  toChat: 'To the chat',
  labLead: 'One room’s messages, received in five ways at once. This page sends the messages and receives them, so '
    + 'one clock measures how long each took.',
  rate: 'Messages a second',
  rateSaid: '{n} / s',
  every: 'Poll every',
  size: 'Characters a message',
  count: 'Messages',
  run: 'Run',
  stop: 'Stop',
  csv: 'Save CSV',
  json: 'Save JSON',
  ms: '{value} ms',
  'run.starting': 'Connecting…',
  'run.running': 'Sent {sent} of {count}',
  'run.settling': 'Sent {sent} of {count}, waiting for the last ones',
  'run.closing': 'Sent {sent} of {count}, closing the lines',
  'run.closingSlowed': 'Sent {sent} of {count}, closing the lines; {refusals} pauses asked for',
  'run.done': 'Done: {sent} messages sent',
  'run.stopped': 'Stopped after {sent} messages',
  'run.startingSlowed': 'Connecting…',
  'run.runningSlowed': 'Sent {sent} of {count}; the server asked for a pause {refusals} times',
  'run.settlingSlowed': 'Sent {sent} of {count}, waiting for the last ones; {refusals} pauses asked for',
  'run.doneSlowed': 'Done: {sent} messages sent; the server asked for a pause {refusals} times',
  'run.stoppedSlowed': 'Stopped after {sent} messages; {refusals} pauses asked for',
  failed: 'Failed: {why}',
  'way.poll': 'Polling',
  'way.longpoll': 'Long polling',
  'way.iframe': 'Iframe stream',
  'way.sse': 'SSE',
  'way.websocket': 'WebSocket',
  'figure.received': 'Received',
  'figure.missing': 'Missing',
  'figure.doubled': 'Came twice',
  'figure.reopened': 'Opened again',
  'figure.cpu': 'Server CPU each',
  'figure.median': 'Delay, median',
  'figure.p99': 'Delay, 99th percentile',
  'figure.requests': 'Requests',
  'figure.down': 'Bytes received',
  'figure.up': 'Bytes sent',
  'figure.open': 'Connections now',
  'counted.wire': 'Requests, connections and bytes are counted by the server where it reads and writes TCP, everything '
    + 'included: request lines, headers, chunks, frames. A packet capture shows the same payload bytes at the server. '
    + 'The sending is left out; it is the same POST for all.',
  'counted.reckoned': 'Requests and bytes are the server’s. This container does not show it the bytes of TCP, so they are '
    + 'reckoned from request lines, headers, bodies and frames, and may be off by the headers that the container adds. '
    + 'The sending is left out; it is the same POST for all.',
  'counted.page': 'Until a run has begun, or if the server does not answer, this page counts itself: request headers are those '
    + 'that the server saw of a plain request, and HTTP/1.1 is assumed. A server may allow each person only so many '
    + 'messages a second; the sender then waits as it is told.',
  cpuSaid: 'Server CPU from the first message to the last: {ms} ms for {received} messages received, {each} ms each, of '
    + '{processors} processors. That is the whole server with everything it did meanwhile: storing, others’ '
    + 'rooms, this page’s questions. Ways that run together share it; one after the other, each has its own.',
  inTurn: 'One way after the other, for CPU',
  troubleTitle: 'Network trouble',
  troubleLead: 'Spoil the line while a run goes on, and see how each way recovers. The server makes the trouble, for the '
    + 'connections of this run and no others, and ends it by itself. A reader that is cut off opens its line '
    + 'again at the place where it was; one that waits for 5 seconds for a message that was stored gives its line up (the '
    + 'chat page waits for two heartbeats instead). In the chart a dashed line marks where trouble began, a whole one '
    + 'where everything that was sent had come.',
  troubleIdle: 'Start a run first: at 5 messages a second, 300 messages last a minute.',
  troubleOff: 'This server makes no trouble for you: its setting labTrouble does not allow it from here.',
  troubleWay: 'Way',
  troubleAll: 'All of the run',
  troubleSeconds: 'For how many seconds',
  troubleMillis: 'Milliseconds for each write',
  troubleKib: 'Held back until KiB',
  troubleStatus: 'Status',
  troubleWhat: 'Trouble',
  troubleNext: 'Next message after',
  troubleWhole: 'Whole again after',
  notYet: 'not yet',
  'kind.drop': 'Drop the connection',
  'kind.halfopen': 'Half-open',
  'kind.delay': 'Delay',
  'kind.buffer': 'Buffer',
  'kind.refuse': 'Drop, refuse upgrades',
  'kind.none': 'End the trouble',
  'trouble.drop': 'dropped at {at} s',
  'trouble.halfopen': 'half-open at {at} s',
  'trouble.delay': 'delayed at {at} s',
  'trouble.buffer': 'buffered at {at} s',
  'trouble.refuse': 'upgrades refused at {at} s',
  troublePolitely: 'closed in good order at {at} s; this container knows no other way',
  axisTime: 'Sent at, s',
  axisDelay: 'Delay, ms',
  explained: 'How each way works',
  pictureKey: 'Time runs to the right. The first line shows when the server got four messages, the last when this '
    + 'reader sends one of its own.',
  rowServer: 'At the server',
  rowRequests: 'Requests',
  rowConnection: 'Connection',
  rowPage: 'On the page',
  rowOwnPost: 'Own: a request',
  rowOwnFrame: 'Own: a frame',
  'about.poll': 'The page asks every so often whether there is anything new. It is simple and passes everywhere. A '
    + 'message waits for the next question, half the interval on average, and most questions are asked in vain: each '
    + 'costs headers in both directions. Asking twice as often halves the delay and doubles the cost.',
  'about.longpoll': 'The page asks, and the server keeps the question until it has an answer, or for 25 seconds. A '
    + 'message comes at once, but each one costs a new request, and what arrives between two of them waits for the '
    + 'next. Where messages come thick, one answer brings several.',
  'about.iframe': 'An invisible document that never ends: for each message the server writes a script into it, which '
    + 'the browser runs as it comes. This was streaming before there was anything better, and it works in the oldest '
    + 'browsers. The document grows in memory, the page seems to be loading for ever, and nothing says when the '
    + 'line broke.',
  'about.sse': 'Server-Sent Events: one request, and an answer that does not end; each message is a few lines of text in '
    + 'it. Browsers reconnect by themselves and say what they had last. It goes one way only, so sending is a request '
    + 'of its own; and a proxy that collects answers before it passes them on breaks it.',
  'about.websocket': 'One request turns the connection into another protocol: from then on both sides send frames '
    + 'whenever they like, with 2 to 14 bytes around each message instead of hundreds of bytes of headers. Proxies '
    + 'must know it, and what HTTP did before (status codes, caches, compression) the application does itself.',
  handshake: 'The handshake',
  handshakeLead: 'A WebSocket begins as an HTTP request. Below is the one that this page has just made. A browser '
    + 'does not show a page its own handshake: the headers are those that the server saw of a plain request from here, '
    + 'the protocol and the extensions are what the open socket says, and the key was made by this page.',
  handshakeRequest: 'The browser asks',
  handshakeResponse: 'The server answers',
  handshakeOpened: 'The server answers; open after {ms} ms',
  handshakeFailed: 'This connection was refused on its way; it would have been answered',
  handshakeKey: 'Sec-WebSocket-Key: 16 random bytes in Base64. Write another one and see the answer change',
  newKey: 'New key',
  stepJoined: '1. The key and a fixed text, which every WebSocket server knows',
  stepHash: '2. Its SHA-1, 20 bytes',
  stepAccept: '3. These in Base64: Sec-WebSocket-Accept. It keeps no secret; it proves that the answer comes from a '
    + 'WebSocket server and to this very request, not from a cache',
  frames: 'Frames',
  framesLead: 'After the handshake there are only frames: a head of 2 to 14 bytes, and the content. What a client '
    + 'sends is masked with four random bytes, so that nobody can make a browser write chosen bytes on the line and fool an '
    + 'old proxy.',
  framesText: 'A text',
  frameClient: 'From the browser',
  frameServer: 'From the server',
  frameFirst: 'FIN, the message’s last frame; opcode 1, text',
  frameLength: '{n} bytes follow',
  frameMaskedLength: 'masked; {n} bytes follow',
  frameMask: 'the mask',
  framePayload: '“{text}” in UTF-8',
  frameMaskedPayload: '“{text}” in UTF-8, each byte XOR one of the mask',
  opcodes: 'Opcodes',
  'opcode.0': 'continues the message that was begun',
  'opcode.1': 'text, UTF-8',
  'opcode.2': 'binary; the chat page gets its JSON so, which is cheaper for both',
  'opcode.8': 'close, with a code and a reason; answered with one',
  'opcode.9': 'ping',
  'opcode.a': 'pong, the answer to it',
  codes: 'Close codes',
  code: 'Code',
  meaning: 'Meaning',
  comesBack: 'Does the page come back?',
  'verdict.final': 'no',
  'verdict.backoff': 'yes, a little later each time',
  'verdict.now': 'yes, at once',
  'code.1000': 'closed in good order',
  'code.1001': 'the server goes away',
  'code.1002': 'the frames broke the protocol',
  'code.1003': 'a kind of data that is not taken',
  'code.1006': 'never sent: the line broke without a close',
  'code.1007': 'a text that is no UTF-8',
  'code.1009': 'a frame too large to read',
  'code.1011': 'the server’s fault',
  'code.1012': 'the server restarts',
  'code.1013': 'try again later',
  'code.4001': 'not allowed in',
  'code.4003': 'the page’s origin is not allowed',
  'code.4004': 'a version that is not spoken',
  'code.4009': 'replaced by another connection',
  'code.4100': 'overloaded',
  'code.4108': 'read too slowly',
  'code.4129': 'kept sending after being told to slow down',
  'code.4200': 'resume elsewhere',
  'code.4201': 'the server is being emptied',
};
