// An identity provider that answers wrongly in a way its user chooses, for the stories: each name below is one lie about
// the ID token. What it says of itself, its keys and its flow are sound. It says its address when it is ready.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'package.json'));
const { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } = await import(pathToFileURL(require.resolve('jose')).href);

const own = await generateKeyPair('RS256');
const foreign = await generateKeyPair('RS256');
const shared = new TextEncoder().encode('a secret of the stories');
const asked = new Map();

const signed = (claims, key = own.privateKey, alg = 'RS256') => new SignJWT(claims).setProtectedHeader({ alg, kid: 'one' }).sign(key);
const lies = {
  truth: (claims) => signed(claims),
  'a-minute-late': (claims) => signed({ ...claims, exp: claims.iat - 30 }),
  unsigned: (claims) => new UnsecuredJWT(claims).encode(),
  'shared-secret': (claims) => signed(claims, shared, 'HS256'),
  'foreign-key': (claims) => signed(claims, foreign.privateKey),
  'other-issuer': (claims) => signed({ ...claims, iss: 'https://evil.example' }),
  'other-audience': (claims) => signed({ ...claims, aud: 'another-service' }),
  'further-audience': (claims) => signed({ ...claims, aud: ['koinon', 'another-service'] }),
  'other-party': (claims) => signed({ ...claims, azp: 'another-service' }),
  'run-out': (claims) => signed({ ...claims, exp: claims.iat - 300 }),
  'from-the-future': (claims) => signed({ ...claims, iat: claims.iat + 3600, exp: claims.iat + 7200 }),
  'no-nonce': ({ nonce, ...claims }) => signed(claims),
  'old-nonce': (claims) => signed({ ...claims, nonce: 'of another attempt' }),
};

const server = createServer(async (request, response) => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const url = new URL(request.url, issuer);
  const json = (body) => { response.setHeader('content-type', 'application/json'); response.end(JSON.stringify(body)); };
  switch (url.pathname) {
    case '/.well-known/openid-configuration':
      return json({
        issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      });
    case '/jwks':
      return json({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'one', use: 'sig', alg: 'RS256' }] });
    case '/authorize': {
      const name = url.searchParams.get('name');
      if (!name) return response.end('<title>Provider</title>');
      asked.set(name, url.searchParams.get('nonce'));
      const back = new URL(url.searchParams.get('redirect_uri'));
      back.searchParams.set('code', name);
      back.searchParams.set('state', url.searchParams.get('state'));
      response.writeHead(303, { location: back.href });
      return response.end();
    }
    case '/token': {
      let body = '';
      for await (const part of request) body += part;
      const name = new URLSearchParams(body).get('code');
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer, aud: 'koinon', sub: 'ada', iat: now, exp: now + 300, nonce: asked.get(name),
        email: 'ada@example.org', email_verified: true,
      };
      return json({ access_token: 'one', token_type: 'Bearer', id_token: await lies[name](claims) });
    }
    default:
      response.statusCode = 404;
      return response.end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
