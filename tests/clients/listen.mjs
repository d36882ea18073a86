// Listens to a feed: `listen.mjs eventsource|http2 ADDRESS TOKEN TYPE` prints the id and the position of each record of
// that type as it comes, a line each. Over `eventsource` it comes back by itself when the server was away.
import { connect } from 'node:http2';
import { pathToFileURL } from 'node:url';

const [how, address, token, type] = process.argv.slice(2);
const say = (id, data) => console.log(`${id} ${JSON.parse(data).position}`);

if (how === 'eventsource') {
  const { EventSource } = await import(pathToFileURL(`${process.env.CLIENTS}/eventsource/dist/index.js`));
  const authorised = (input, init) => fetch(input, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  const source = new EventSource(address, { fetch: authorised });
  source.onopen = () => console.log('open');
  source.addEventListener(type, event => say(event.lastEventId, event.data));
} else {
  const { origin, pathname, search } = new URL(address);
  const session = connect(origin);
  session.on('error', error => { console.error(error); process.exit(1); });
  const stream = session.request({ ':path': pathname + search, authorization: `Bearer ${token}` });
  stream.on('response', headers => console.log(headers[':status'] === 200 ? 'open' : `status ${headers[':status']}`));
  let rest = '';
  stream.setEncoding('utf8').on('data', text => {
    const frames = (rest + text).split('\n\n');
    rest = frames.pop();
    for (const frame of frames) {
      const field = name => frame.split('\n').find(line => line.startsWith(`${name}: `))?.slice(name.length + 2);
      if (field('event') === type) say(field('id'), field('data'));
    }
  });
}
