// A certified OpenID Connect provider for the stories: oidc-provider from the npm registry, on loopback, with a page
// that signs in whoever types a name. What a name stands for is below. It says its address when it is ready.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'package.json'));
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')).href);

const people = {
  ada: { email: 'Ada@Example.org', email_verified: true },
  'ada-mfa': { email: 'ada@example.org', email_verified: true, amr: ['pwd', 'mfa'] },
  thandi: { email: 'thandi@example.org', email_verified: true },
  'thandi-again': { email: 'thandi@example.org', email_verified: true },
  unverified: { email: 'ada@example.org', email_verified: false },
  silent: {},
  stranger: { email: 'stranger@example.org', email_verified: true },
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    // A native client may come back to any port of this machine.
    clients: [{
      client_id: 'koinon', client_secret: 'a secret of the stories', application_type: 'native',
      redirect_uris: ['http://127.0.0.1/sign-in/openid/answer'], response_types: ['code'], grant_types: ['authorization_code'],
    }],
    claims: { openid: ['sub', 'acr', 'amr'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    const url = new URL(request.url, issuer);
    if (!url.pathname.startsWith('/interaction/')) return handle(request, response);
    // A native client's consent is asked for each time; whoever signed in gives it.
    const { prompt, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'consent') {
      const grant = new provider.Grant({ accountId: session.accountId, clientId: 'koinon' });
      grant.addOIDCScope('openid email');
      const consent = { grantId: await grant.save() };
      return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
    }
    const name = url.searchParams.get('name');
    if (!name) {
      response.setHeader('content-type', 'text/html');
      return response.end('<title>Provider</title><form><label>Name <input name="name" id="name"></label><button>Go on</button></form>');
    }
    const result = name === 'nobody'
      ? { error: 'access_denied', error_description: 'broken off' }
      : { login: { accountId: name, amr: people[name].amr ?? ['pwd'] } };
    await provider.interactionFinished(request, response, result);
  });
  console.log(issuer);
});
